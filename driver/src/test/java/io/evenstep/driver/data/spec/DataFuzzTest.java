package io.evenstep.driver.data.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds and whatever its options say, it is packed, or refused with a remedy. */
@Tag("slow")
class DataFuzzTest {
  private static final long SEED = 20_261_129;
  private static final int INPUTS = 1000;
  private static final Duration EACH = Duration.ofSeconds(20);
  private static final String MARK = Character.toString(0xFEFF);
  private static final String HALF = Character.toString(0xD800);
  private static final String LINE_END = Character.toString(10);
  private static final List<String> CELLS =
      List.of(
          "1",
          "-2.5",
          "1e99",
          "NaN",
          "",
          " ",
          "a",
          "\"a\"",
          "\"",
          "\"\"",
          "\\\"",
          "'",
          "#",
          "1,5",
          "1;2",
          "ö",
          MARK,
          "\0",
          "\r",
          LINE_END,
          "\t",
          "null",
          "true",
          "{",
          "}",
          "[1,2]",
          "[]",
          "{\"x\":1}",
          "2147483647:1",
          "1:1",
          "0x1p3",
          "9223372036854775808",
          HALF,
          "x=y");
  private static final List<Map.Entry<String, List<String>>> OPTIONS =
      List.of(
          Map.entry("encoding", List.of("UTF-16", "latin1", "UTF-32", "x", "", "windows-1252")),
          Map.entry("quote", List.of("", "'", "\"", ",", LINE_END, "ab", "\0")),
          Map.entry("escape", List.of("", "\\", "\"", ",", "#")),
          Map.entry("comment", List.of("", "#", "\"", ",")),
          Map.entry("multiLine", List.of("true", "false", "perhaps", "TRUE")),
          Map.entry("lineSep", List.of(LINE_END, "\r\n", ";", "", "abc", "\0")),
          Map.entry("maxColumns", List.of("1", "3", "many", "-1", "999999999")),
          Map.entry("maxCharsPerColumn", List.of("1", "-1", "0", "x")),
          Map.entry("nullValue", List.of("a", "", "1")),
          Map.entry("emptyValue", List.of("a", "")),
          Map.entry("unescapedQuoteHandling", List.of("RAISE_ERROR", "SKIP_VALUE", "?")),
          Map.entry("mergeSchema", List.of("true", "no")),
          Map.entry("mode", List.of("FAILFAST", "DROPMALFORMED", "odd")),
          Map.entry("numFeatures", List.of("2", "0", "999999999", "x")),
          Map.entry("allowComments", List.of("true", "x")),
          Map.entry("nonsense", List.of("1")));

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final Map<String, Integer> ends = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  @Test
  void everyInputIsPackedOrRefusedWithARemedy() throws IOException {
    SparkSession session = SparkTest.session();
    session.sparkContext().setLogLevel("OFF");
    List<byte[]> parquet = List.of(binary("parquet"), binary("orc"));
    for (int i = 0; i < INPUTS; i++) {
      Specs spec = spec(i, parquet);
      long start = System.nanoTime();
      String end = end(session, spec, i);
      ends.merge(end, 1, Integer::sum);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (took.compareTo(EACH) > 0) {
        faults.add("seed " + SEED + ", input " + i + " took " + took);
      }
    }
    session.sparkContext().setLogLevel("WARN");
    assertThat(faults).as(ends.toString()).isEmpty();
    assertThat(ends).containsKeys("packed", "65", "78");
  }

  /** The data path: reading, checking, and the encoding; nothing is written or trained. */
  private String end(SparkSession session, Specs spec, int number) {
    try {
      Packer.preview(
          Reading.in(PinnedSession.of(session)),
          spec.build(),
          new org.apache.hadoop.fs.Path(folder.resolve("packs").toUri()));
      return "packed";
    } catch (DataException e) {
      return requireWords(e, number, "65");
    } catch (ConfigException e) {
      return requireWords(e, number, "78");
    } catch (Exception | StackOverflowError | OutOfMemoryError e) { // whatever else is a fault
      faults.add("seed " + SEED + ", input " + number + ": " + e);
      return "fault";
    }
  }

  private String requireWords(RuntimeException e, int number, String end) {
    String text = String.valueOf(e.getMessage());
    boolean namesClass = text.matches("(?s).*\\w\\.\\w+\\$\\w.*"); // such as a.b.C$D
    if (text.contains("\tat ") || text.contains("Exception:") || namesClass) {
      faults.add("seed " + SEED + ", input " + number + " said " + text);
    }
    return end;
  }

  private Specs spec(int number, List<byte[]> binaries) throws IOException {
    int kind = random.nextInt(10);
    Path file = folder.resolve(number + "." + (kind < 5 ? "csv" : kind < 7 ? "json" : "bin"));
    if (kind >= 8) {
      Files.write(file, damaged(binaries.get(kind - 8)));
      String reader = kind == 8 ? "parquet" : "orc";
      return Specs.of(Specs.spark(reader, options(), file.toString()));
    } else if (kind == 7) {
      Files.write(file, damaged(svmlight().getBytes(UTF_8)));
      return Specs.of(source(Format.SVMLIGHT, file, ",", options()));
    } else if (kind >= 5) {
      Files.write(file, damaged(json().getBytes(UTF_8)));
      return Specs.of(Specs.spark("json", options(), file.toString()));
    }
    String delimiter = random.nextInt(4) == 0 ? pick(List.of(";", "\"", "\\", "#", "\0")) : ",";
    Files.write(file, damaged(csv(delimiter).getBytes(UTF_8)));
    return Specs.of(source(Format.CSV, file, delimiter, options()));
  }

  private SourceSpec source(
      Format format, Path file, String delimiter, Map<String, String> options) {
    return new SourceSpec(
        format,
        List.of(file.toString()),
        List.of(),
        random.nextBoolean(),
        delimiter,
        Optional.empty(),
        Optional.empty(),
        options);
  }

  private Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    int count = Math.max(0, random.nextInt(5) - 2);
    for (int i = 0; i < count; i++) {
      Map.Entry<String, List<String>> option = pick(OPTIONS);
      options.put(option.getKey(), pick(option.getValue()));
    }
    return options;
  }

  private String csv(String delimiter) {
    StringBuilder text = new StringBuilder("x" + delimiter + "y" + delimiter + "label\n");
    int wild = random.nextInt(3);
    for (int i = 0; i < 8; i++) {
      text.append(cell(wild, "" + i)).append(delimiter);
      text.append(cell(wild, "" + i % 3))
          .append(delimiter)
          .append(cell(wild, "ab".charAt(i % 2) + ""));
      text.append('\n');
    }
    return text.toString();
  }

  private String json() {
    StringBuilder text = new StringBuilder();
    int wild = random.nextInt(3);
    for (int i = 0; i < 8; i++) {
      text.append("{\"x\": ").append(cell(wild, "" + i)).append(", \"label\": \"");
      text.append(cell(wild, i % 2 == 0 ? "a" : "b")).append("\"}\n");
    }
    return random.nextInt(20) == 0 ? "[".repeat(5000) + text : text.toString();
  }

  private String svmlight() {
    StringBuilder text = new StringBuilder();
    int wild = random.nextInt(3);
    for (int i = 0; i < 8; i++) {
      text.append(i % 2).append(" 1:").append(cell(wild, "" + i)).append(" 3:1 ");
      text.append(cell(wild, "4:2")).append('\n');
    }
    return text.toString();
  }

  /** One in ten is wild, or none. */
  private String cell(int wild, String tame) {
    return wild > 0 && random.nextInt(10) == 0 ? pick(CELLS) : tame;
  }

  /** Some bytes are changed, or the end is lost, or nothing happens. */
  private byte[] damaged(byte[] whole) throws IOException {
    byte[] bytes = whole.clone();
    int kind = random.nextInt(6);
    if (kind == 0) {
      return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    } else if (kind < 3) {
      for (int i = random.nextInt(20); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
    } else if (kind == 3) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(bytes);
      out.write(bytes, 0, random.nextInt(bytes.length));
      return out.toByteArray();
    }
    return bytes;
  }

  private byte[] binary(String format) throws IOException {
    Path into = folder.resolve("good-" + format);
    SparkTest.session()
        .sql(
            "select cast(id as double) x, array(id, id) v, cast(id % 2 as string) label from range(9)")
        .coalesce(1)
        .write()
        .format(format)
        .save(into.toString());
    try (var files = Files.list(into)) {
      return Files.readAllBytes(
          files.filter(file -> file.toString().endsWith(format)).findFirst().orElseThrow());
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
