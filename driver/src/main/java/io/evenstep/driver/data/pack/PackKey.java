package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.source.SparkSource;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.spec.LabelRule;
import io.evenstep.driver.data.spec.RowsSpec;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SplitSpec;
import io.evenstep.model.Sha256;
import io.evenstep.model.data.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The key of a pack: a SHA-256 over the job's description of its data, and over each file's name,
 * length and modification time. Rows that are not from files, such as those of a query, are counted
 * and hashed instead, which reads them once.
 */
final class PackKey {
  private final Configuration conf;
  private final List<String> lines = new ArrayList<>();

  PackKey(Configuration conf) {
    this.conf = conf;
  }

  String of(DataSpec spec, List<SourceSpec> sources, List<SourceTable> tables) {
    lines.add(
        "encoding "
            + Encoding.VERSION
            + ", numbers parsed as doubles, block bytes "
            + BlockWriter.BLOCK_BYTES
            + ", rows counted by class");
    lines.add("fractions " + spec.fractions().validation() + " " + spec.fractions().test());
    lines.add("split seed " + spec.fractions().seed());
    lines.add("features " + spec.features().columns());
    lines.add(
        "labels "
            + spec.labels().columns()
            + " "
            + spec.labels().task()
            + " "
            + spec.labels().classes());
    lines.add("inputs " + spec.features().inputs() + ", outputs " + spec.labels().outputs());
    lines.add("shape " + spec.features().shape() + " " + spec.features().normalize());
    lines.add(
        "missing "
            + spec.leniency().missing()
            + " "
            + spec.leniency().fill()
            + " "
            + spec.leniency().unseen());
    spec.weight().ifPresent(column -> lines.add("weight " + column));
    addIfUnusual("absent", spec.leniency().absent(), List.of());
    addIfUnusual("labels", spec.labels().rule(), LabelRule.PLAIN);
    addIfUnusual("rows", spec.rows(), RowsSpec.USUAL);
    addIfUnusual("fold", spec.fractions().fold(), Fold.NONE);
    addIfUnusual("split", spec.split(), SplitSpec.RANDOM);
    for (int i = 0; i < sources.size(); i++) {
      add(sources.get(i), tables.get(i));
    }
    return Sha256.of(String.join("\n", lines));
  }

  /** Keys added later do not change the packs of jobs without them. */
  private void addIfUnusual(String what, Object value, Object usual) {
    if (!value.equals(usual)) {
      lines.add(what + " " + value);
    }
  }

  private void add(SourceSpec source, SourceTable table) {
    lines.add(
        "readers 2, source " + source.format() + " " + source.header() + " " + source.delimiter());
    addIfUnusual("skip", source.csv().skip(), 0);
    addIfUnusual("merged", source.csv().merged(), false);
    lines.add("reader " + source.reader() + " " + source.query());
    lines.add("options " + new TreeMap<>(source.options()));
    addIfUnusual("window", source.window(), Optional.empty());
    lines.add("columns " + table.schema().json());
    if (source.paths().isEmpty() || source.isTable()) {
      String name = table.name();
      lines.add(
          "rows " + ReadFailure.translated(name, () -> SparkSource.fingerprint(table.rows())));
    }
    lines.addAll(source.isTable() ? source.paths() : List.of());
    addFiles(source.isTable() ? List.of() : source.paths());
    addFiles(source.labelPaths());
  }

  private void addFiles(List<String> paths) {
    for (FileStatus file :
        paths.isEmpty() ? List.<FileStatus>of() : SourceFiles.list(conf, paths)) {
      lines.add("file " + file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
    }
  }
}
