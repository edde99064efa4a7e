package io.evenstep.driver.profile;

import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes a job file with a comment about the reason of each guess. */
final class JobText {
  private static final int COMMENT_COLUMN = 34;

  private final TableProfile table;
  private final LabelChoice label;
  private final List<Use> uses;
  private final Sizes sizes;
  private final StringBuilder text = new StringBuilder();

  private JobText(TableProfile table, LabelChoice label, List<Use> uses) {
    this.table = table;
    this.label = label;
    this.uses = uses;
    this.sizes = Sizes.of(label.column().presence().present());
  }

  /**
   * The job file.
   *
   * @param name of the job
   * @param paths of the data, relative to the job file's folder
   */
  static String of(
      String name, List<String> paths, TableProfile table, LabelChoice label, List<Use> uses) {
    return new JobText(table, label, uses).write(name, paths);
  }

  private String write(String name, List<String> paths) {
    note("A first job, written by `evenstep new`. Comments give the reason of each guess:");
    note("correct what is wrong, then train it. The reference, job-file.md, lists all keys.");
    note(
        String.format(
            Locale.ROOT,
            "The table has %,d rows and %d columns; %,d of the rows have no label.",
            table.rows(),
            table.columns().size(),
            label.column().presence().missing()));
    line("name: " + YamlText.of(name), "");
    text.append('\n');
    data(paths);
    model();
    training();
    return text.toString();
  }

  private void data(List<String> paths) {
    line("data:", "");
    source(table.source().spec(), paths);
    line("  label: " + YamlText.of(label.column().name()), "");
    line("  task: " + label.task().name().toLowerCase(Locale.ROOT), label.why());
    line("  features:", "");
    uses.forEach(this::use);
    missing();
    line("  normalize: standard", "numbers of similar size train best");
    if (!label.isClass()) {
      line("  normalizeLabel: standard", "metrics and predictions are scaled back");
      if (!label.column().formats().isEmpty()) {
        line("  labelFormat: " + label.column().formats().get(0), "how its numbers are written");
      }
    }
    splits();
    text.append('\n');
  }

  private void source(SourceSpec spec, List<String> paths) {
    String format = spec.format().name().toLowerCase(Locale.ROOT);
    line("  format: " + format, table.source().why("format"));
    spec.reader().ifPresent(reader -> line("  reader: " + YamlText.of(reader), ""));
    line("  path: " + (paths.size() == 1 ? YamlText.of(paths.get(0)) : YamlText.of(paths)), "");
    if (spec.format() == Format.CSV) {
      line("  header: " + spec.header(), table.source().why("header"));
      line("  delimiter: " + quotedDelimiter(spec), table.source().why("separator"));
      if (spec.csv().merged()) {
        line("  mergeColumns: true", table.source().why("files"));
      }
    }
    if (!spec.options().isEmpty()) {
      String why = table.source().why("quoting");
      String encoding =
          spec.options().containsKey("encoding") ? table.source().why("encoding") : "";
      line("  options: " + YamlText.of(spec.options()), encoding.isEmpty() ? why : encoding);
    }
  }

  private static String quotedDelimiter(SourceSpec spec) {
    return spec.delimiter().equals("\t") ? "\"\\t\"" : "\"" + spec.delimiter() + "\"";
  }

  private void use(Use use) {
    String name = use.column().name();
    if (!use.isFeature()) {
      note("    not used: " + ProfileWords.shown(name) + " " + use.why());
      return;
    }
    StringBuilder parts = new StringBuilder("    - {column: ").append(YamlText.of(name));
    parts.append(", type: ").append(use.type());
    parts.append(use.parts());
    if (use.hasIndicator()) {
      parts.append(", indicator: true");
    }
    line(parts.append('}').toString(), use.why());
  }

  private void missing() {
    TreeSet<String> absent = new TreeSet<>(label.column().presence().absent());
    uses.stream()
        .filter(Use::isFeature)
        .forEach(use -> absent.addAll(use.column().presence().absent()));
    if (!absent.isEmpty()) {
      line("  absent: " + YamlText.of(List.copyOf(absent)), "texts that mean a missing value");
    }
    line(
        "  missing: median",
        "of the training rows; a missing category becomes a separate category");
    line("  missingLabel: drop", "rows without a label cannot be used");
    line("  unseen: ignore", "accept categories that no training row has");
  }

  private void splits() {
    String why = label.isClass() ? "each class has the same shares" : "exact shares";
    if (sizes.test() > 0) {
      line("  split: stratified", why);
    }
    if (sizes.validation() > 0) {
      line("  validation: {fraction: " + sizes.validation() + "}", "decides when to stop");
    }
    if (sizes.test() > 0) {
      line("  test: {fraction: " + sizes.test() + "}", "measures the trained network");
    }
  }

  private void model() {
    long width = uses.stream().mapToLong(Use::width).sum();
    line("model:", "");
    line("  name: mlp", String.format(Locale.ROOT, "for about %,d unordered inputs", width));
    line("  hidden: " + sizes.hidden(), "suits " + table.rows() + " rows");
    line("  dropout: " + sizes.dropout(), "");
    text.append('\n');
  }

  private void training() {
    line("training:", "");
    line("  batch: " + sizes.batch(), "small batches for few rows, large ones for many");
    line("  epochs: " + sizes.epochs(), sizes.patience() > 0 ? "at most" : "");
    line("  optimizer: {name: adam, learningRate: " + sizes.learningRate() + "}", "");
    label.imbalance().ifPresent(why -> line("  classWeights: balanced", why));
    if (sizes.patience() > 0) {
      line(
          "  stopping: {metric: loss, patience: " + sizes.patience() + ", minDelta: 0.0005}",
          "keeps the weights of the best epoch");
    }
  }

  private void note(String words) {
    String indent = words.substring(0, words.length() - words.stripLeading().length());
    text.append(indent).append("# ").append(words.strip()).append('\n');
  }

  private void line(String yaml, String why) {
    text.append(yaml);
    if (!why.isEmpty()) {
      int spaces = Math.max(2, COMMENT_COLUMN - yaml.length());
      text.append(" ".repeat(spaces)).append("# ").append(why);
    }
    text.append('\n');
  }
}
