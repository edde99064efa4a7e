package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import java.util.List;

/** Writes {@code src/site/job-file.md} from the catalogue of keys. */
final class ReferencePage {
  private static final String HEAD =
      """
      <!-- Written by ReferencePageTest from the catalogue of keys: change the catalogue, not this page. -->
      # The job file

      Every key of a job, with its rule and default. A job is one YAML file. The shortest valid job names its data and
      its network and uses the defaults for everything else:

      ```yaml
      data: {format: csv, path: rows.csv}
      model: {name: mlp}
      ```

      Keys are written as nested sections, or in full with dots (`training.batch: 64`). Unknown keys, duplicate keys,
      values of the wrong type or out of range, and keys that contradict each other are refused. All problems of a
      job are reported at once, and the command exits with 78.

      **Overrides.** The first of these that sets a key wins:

      1. `--set key=value` on the command line,
      2. `spark.evenstep.key=value`, from `--conf` or spark-defaults.conf,
      3. the job file,
      4. the default.

      On the command line, write a list with commas, `--set model.hidden=256,128`, or in brackets as in YAML.
      `--print-config` prints every key with its value and origin; its output is a valid job file.

      **Paths.** Relative paths of data and models in the job file start at its folder, those of `--set` and Spark
      settings at the working directory. If `data.folder` is set, all relative paths of data start there. `output` and
      `data.packs` are relative to the working directory. Data and output may be on any file system that Hadoop
      supports (`hdfs://...`, `s3a://...`); a network's file must be on the driver's disk.

      **The result.** `configSha256` in `result.json` is a SHA-256 over the keys that determine the result. Keys marked
      * are not part of it: they may change between the attempts of a run.
      """;

  private ReferencePage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (String section :
        List.of("", "data", "model", "training", "evaluation", "gate", "report", "tracking")) {
      page.append(
          section.isEmpty() ? "\n## The job as a whole\n" : "\n## `%s`\n".formatted(section));
      page.append("\n| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
      KeyCatalogue.KEYS.stream()
          .filter(key -> sectionOf(key).equals(section))
          .forEach(key -> page.append(row(key)));
    }
    return page.append(columns()).toString();
  }

  private static String row(Key<?> key) {
    String mark = key.effect() == Key.Effect.COURSE ? " *" : "";
    String standard =
        key.standard().map(value -> "`" + Printable.text(value) + "`").orElse(key.unset());
    return "| `%s`%s | %s | %s | %s |%n"
        .formatted(key.name(), mark, escaped(key.words()), escaped(standard), escaped(key.doc()));
  }

  private static String columns() {
    return """

    ### A feature column as a map

    `data.features` is a list of names, or of maps with these parts:

    | Part | Value | Default | Meaning |
    |---|---|---|---|
    """
        + rows(ColumnsType.PARTS)
        + """

        ### An input or an output

        `data.inputs` is a list of maps with these parts:

        | Part | Value | Default | Meaning |
        |---|---|---|---|
        """
        + rows(EndKeys.INPUT_PARTS)
        + """

        `data.outputs` is a list of maps with these parts:

        | Part | Value | Default | Meaning |
        |---|---|---|---|
        """
        + rows(EndKeys.OUTPUT_PARTS);
  }

  private static String rows(List<Key<?>> keys) {
    return String.join("", keys.stream().map(ReferencePage::row).toList());
  }

  private static String sectionOf(Key<?> key) {
    int dot = key.name().indexOf('.');
    return dot < 0 ? "" : key.name().substring(0, dot);
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
