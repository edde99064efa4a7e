package io.evenstep.driver.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few rows of this machine are scored without Spark. A user sees no difference but the time. */
class WithoutSparkTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: rows.csv
        label: label
        features: [{column: x, type: numeric}, {column: c, type: categorical}]
        validation: {fraction: 0.2}
        test: {fraction: 0.25}
      model: {name: mlp, hidden: [4]}
      training: {batch: 16, epochs: 1, shards: 4}
      """;

  private static final String[] FORMATS = {"csv", "json", "parquet"};

  /** A session with this setting cannot be opened. */
  private static final String[] NO_SESSION = {"--conf", "spark.serializer=no.such.Serializer"};

  /** What is shown of Spark's tasks if they take long. */
  private static final Pattern SLOW = Pattern.compile("(?m)^\\w+ +\\d+/\\d+ +tasks.*\n");

  @TempDir private Path folder;
  private Workbench bench;

  /** A command and, if it writes files, what it wrote: name without the random part, bytes. */
  private record Seen(int code, String out, String err, Map<String, String> files) {}

  @Test
  void commandsDoAndSayTheSame() {
    bench = Workbench.in(folder).job(JOB);
    bench.write("rows.csv", rows());
    bench.train().well();
    Map<String, List<String>> commands = commands();

    Map<String, Seen> withSpark = new LinkedHashMap<>();
    commands.forEach((name, line) -> withSpark.put(name, run(line)));
    bench.apart();
    Map<String, Seen> without = new LinkedHashMap<>();
    commands.forEach((name, line) -> without.put(name, run(line, NO_SESSION)));

    assertThat(withSpark.values()).extracting(Seen::code).contains(0, 65);
    assertThat(without.keySet()).isEqualTo(withSpark.keySet());
    without.forEach((name, seen) -> assertThat(seen).as(name).isEqualTo(withSpark.get(name)));
  }

  /** 96 rows; the classes of {@code c} need quotes. */
  private static String rows() {
    StringBuilder rows = new StringBuilder("x,c,label\n");
    for (int i = 0; i < 96; i++) {
      rows.append(i % 9).append(',');
      rows.append(i % 2 == 0 ? "\"the \"\"big\"\", red one\",left\n" : "größer,right\n");
    }
    return rows.toString();
  }

  private Map<String, List<String>> commands() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (String format : FORMATS) {
      predict(commands, "mixed", mixed(), UTF_8, lenient(format));
    }
    predict(commands, "none", "x,c\n", UTF_8);
    predict(commands, "flagged", odd(), UTF_8, "--bad-rows", "flag", "--format", "csv");
    predict(commands, "skipped", odd(), UTF_8, "--bad-rows", "skip", "--format", "json");
    predict(commands, "refused", odd(), UTF_8);
    String marked = "\uFEFFx,c\r\n1,größer\r\n,größer\r\n";
    predict(commands, "dropped", marked, UTF_8, "--set", "data.missing=drop");
    String disk = "x,c,d\n1,größer,3\" disk\n";
    predict(commands, "wide", disk, UTF_16, "--set", encoding("UTF-16"), "--set", unquoted());
    predict(commands, "wrong", "x,c\n1,größer\n", ISO_8859_1);
    predict(commands, "open", "x,c\n1,\"größer\n2,größer\n", UTF_8, "--set", multi());
    predict(commands, "column", "x,d\n1,2\n", UTF_8);
    predict(commands, "empty", "", UTF_8);
    bench.write("in/packed.csv.gz", packed("x,c\n4,größer\n"));
    predict(commands, "packed.csv.gz");
    bench.write("in/several [1]/b.csv", "x,c\n1,größer\n2,größer\n");
    bench.write("in/several [1]/a.csv", "x,c\n3,größer\n");
    bench.write("in/several [1]/_hidden.csv", "no");
    predict(commands, "several [1]", "--format", "csv");
    predict(commands, "missing.csv");
    evaluate(commands);
    return commands;
  }

  private void evaluate(Map<String, List<String>> commands) {
    commands.put("evaluate", List.of("evaluate", bench.run("").toString()));
    String others = "data.test.path=" + bench.path("rows.csv");
    commands.put("evaluate others", List.of("evaluate", bench.run("").toString(), "--set", others));
    String bad = "data.test.path=" + bench.write("bad.csv", "x,c,label\n1,größer,up\n");
    commands.put("evaluate bad", List.of("evaluate", bench.run("").toString(), "--set", bad));
    commands.put("no run", List.of("evaluate", bench.path("runs/none").toString()));
  }

  /** Rows with quotes, a line break in quotes, gaps, an unknown class, spaces and empty quotes. */
  private static String mixed() {
    return """
        id,x,c,d
        a,1,größer,1
        b,-2.5e3,"the ""big"", red one",
        "c,""
        ",3,größer,""
        d,,größer,  spaced\s
        e,2,,x
        f,3,blue,y
        """;
  }

  private static String[] lenient(String format) {
    return new String[] {
      "--format",
      format,
      "--set",
      multi(),
      "--set",
      "data.missing=fill",
      "--set",
      "data.unseen=ignore"
    };
  }

  private static String multi() {
    return "data.options.multiLine=true";
  }

  private static String unquoted() {
    return "data.options.quote=";
  }

  private static String encoding(String name) {
    return "data.options.encoding=" + name;
  }

  /** Rows with a word for a number, an unknown class, no number, too few and too many fields. */
  private static String odd() {
    return "x,c\nmuch,größer\n1,pink\n,größer\n2\n3,größer,4\n5,größer\n";
  }

  private static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void predict(
      Map<String, List<String>> commands,
      String name,
      String text,
      Charset charset,
      String... more) {
    bench.write("in/" + name + ".csv", text.getBytes(charset));
    predict(commands, name + ".csv", more);
  }

  private void predict(Map<String, List<String>> commands, String input, String... more) {
    List<String> line = new ArrayList<>(List.of("predict", bench.run("").toString()));
    line.addAll(List.of("--input", bench.path("in/" + input).toString()));
    line.addAll(List.of("--output", bench.path("out").toString()));
    line.addAll(List.of(more));
    commands.put(String.join(" ", line.subList(3, line.size())), line);
  }

  private Seen run(List<String> command, String... more) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(more));
    Ended ended = bench.type(line.toArray(String[]::new)).withoutNoise();
    Map<String, String> files = written(bench.path("out"));
    org.apache.hadoop.fs.FileUtil.fullyDelete(bench.path("out").toFile());
    String err = SLOW.matcher(ended.err()).replaceAll("");
    return new Seen(ended.code(), ended.out(), err, files);
  }

  private static Map<String, String> written(Path out) {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(out)) {
      try (Stream<Path> found = Files.list(out)) {
        for (Path file : found.toList()) {
          String name =
              file.getFileName().toString().replaceFirst("-[0-9a-f]{8}-[0-9a-f-]*-c", "-c");
          files.put(name, Files.readString(file, ISO_8859_1));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }
}
