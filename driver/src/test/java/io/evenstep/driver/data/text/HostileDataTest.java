package io.evenstep.driver.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Exceptions of Spark's, Hadoop's and other readers are explained, with the remedy. */
class HostileDataTest extends HostileSources {
  @Test
  void pathsAreTakenAsTheyAreAndNotAsGlobsAgain() throws IOException {
    for (String name :
        List.of("data[1].csv", "x{y}.csv", "a*b?.csv", "my%20data.csv", "Größe.csv")) {
      String file = text("of/" + name, "1,a", "2,b");
      assertThat(pack(Specs.csv(file)).index().train().rows()).as(name).isEqualTo(2);
    }
    assertThat(rows("of")).isEqualTo(10);
    String one = text("j[1].json", "{\"x\": 1, \"label\": \"a\"}");
    String two = text("j{2}.json", "{\"x\": 2, \"label\": \"b\"}");
    Specs both = Specs.of(Specs.spark("json", Map.of(), one, two));
    assertThat(pack(both).index().train().rows()).isEqualTo(2);
  }

  @Test
  void globsWorkBesideNamesWithAColon() throws IOException {
    text("in/2024-01-01T10:00.csv", "1,a", "2,b");
    text("in/b.csv", "1,a", "2,b");
    text("in/a:b/c.csv", "1,a", "2,b");
    assertThat(rows("in/*.csv")).isEqualTo(4);
    assertThat(rows("in/2024*:00.csv")).isEqualTo(2);
    assertThat(rows("i[a-n]/{a:b,b.csv}")).isEqualTo(4);
    assertThat(rows("in")).isEqualTo(6);
    refuses(Specs.csv(folder + "/in/*.txt"), "Cannot read " + folder + "/in/*.txt: no such file");
    refuses(Specs.csv(folder + "/in/[.csv"), "Cannot read " + folder + "/in/[.csv: ");
  }

  private long rows(String path) {
    return pack(Specs.csv(folder.resolve(path).toString())).index().train().rows();
  }

  @Test
  void parquetInFoldersWithOddNames() throws IOException {
    String odd = folder.resolve("p[1]").resolve("x{y}").toString();
    SparkTest.session()
        .sql("select 1D as x, 'a' as label union select 2D, 'b'")
        .write()
        .parquet(odd);
    assertThat(pack(Specs.of(Specs.source(Format.PARQUET, odd))).index().train().rows())
        .isEqualTo(2);
  }

  @Test
  void jsonOverSeveralLines() throws IOException {
    String whole = "[\n {\"x\": 1,\n  \"label\": \"a\"},\n {\"x\": 2,\n  \"label\": \"b\"}\n]";
    String file = text("pretty.json", whole);
    refuses(
        Specs.of(Specs.spark("json", Map.of(), file)),
        "Cannot read " + file + ": each line must be a separate JSON object, got none; if an",
        "set data.options.multiLine: true");
    String half =
        text("half.json", "{\"x\": 1, \"label\": \"a\"}", "{\"x\": 2,", "\"label\": \"b\"}");
    refuses(
        Specs.of(Specs.spark("json", Map.of(), half)),
        "Invalid data in "
            + half
            + ", row 2: each line must be a separate JSON object, got {\"x\"");
    assertThat(pack(Specs.of(Specs.spark("json", Map.of("multiLine", "true"), file))).reused())
        .isFalse();
  }

  @Test
  void jsonWithColumnsThatAreNotFlat() throws IOException {
    String nested = text("nested.json", "{\"v\": [[1.5, 2.5], [3.5]], \"label\": \"a\"}");
    refuses(
        Specs.of(Specs.spark("json", Map.of(), nested)),
        nested
            + ", row 1, column v: must be a number, got [1.5, 2.5]; flatten a column of structs"
            + " or");
    String struct = text("struct.json", "{\"v\": {\"x\": 1.5}, \"label\": \"a\"}");
    refuses(
        Specs.of(Specs.spark("json", Map.of(), struct)),
        struct + ", row 1, column v: must be a number, got [1.5]; flatten a column of structs or");
  }

  @Test
  void queriesThatFailWhileTheyRun() {
    refuses(
        Specs.of(Specs.query("select raise_error('no such day') as x, 'a' as label")),
        "Cannot read select raise_error(",
        "no such day");
    refuses(
        Specs.of(Specs.query("select assert_true(id < 3) as x, 'a' as label from range(9)")),
        "Cannot read select assert_true(");
    refuses(Specs.of(Specs.query("selekt 1")), "Cannot read selekt 1: ");
    refuses(Specs.of(Specs.query("select x from nowhere")), "`nowhere` cannot be found");
  }

  @Test
  void unknownReadersAndOptions() throws IOException {
    String file = text("a.json", "{\"x\": 1}");
    assertThatThrownBy(() -> pack(Specs.of(Specs.spark("jason", Map.of(), file))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid data.reader: must be a Spark data source, such as json")
        .hasMessageEndingWith("got jason");
    assertThatThrownBy(() -> pack(Specs.of(Specs.spark("delta", Map.of(), file))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "; delta needs a jar that Spark does not bring: add --conf spark.jars.packages="
                + "io.delta:delta-spark_2.12:3.3.0 (spark-submit: --packages ");
    assertThatThrownBy(() -> pack(Specs.of(Specs.spark("avro", Map.of(), file))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("spark.jars.packages=org.apache.spark:spark-avro_2.12:3.5.");
    assertThatThrownBy(() -> pack(Specs.of(Specs.query("select * from Iceberg.`" + file + "`"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid data.query: needs a data source whose jar is not there; ")
        .hasMessageContaining("iceberg-spark-runtime-3.5_2.12:1.7.1");
    for (Map<String, String> options :
        List.of(Map.of("multiLine", "perhaps"), Map.of("multiline", "1"), Map.of("sep", ";"))) {
      assertThatThrownBy(() -> pack(Specs.of(Specs.spark("json", options, file))))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("Invalid data.options.");
    }
  }

  /** Its folder also has files with rows that were deleted. */
  @Test
  void foldersOfTablesAsPlainFiles() throws IOException {
    for (String log : List.of("_delta_log/0.json", "metadata/v1.metadata.json", ".hoodie/x")) {
      Path table = folder.resolve("table-" + log.charAt(0));
      SampleFiles.write(table.resolve(log), new byte[] {1});
      SampleFiles.write(table.resolve("part-0.parquet"), new byte[] {1});
      refuses(
          Specs.of(Specs.source(Format.PARQUET, table.toString())),
          "Cannot read " + table + " as parquet: it is a table of ",
          ", and not all of its files are its rows; use data.format spark with data.reader ");
    }
  }

  @Test
  void filesOfAnotherKind() throws IOException {
    String parquet = SampleFiles.write(folder.resolve("p.csv"), "PAR1....".getBytes(UTF_8));
    String excel = SampleFiles.write(folder.resolve("x.csv"), "PK\3\4....".getBytes(UTF_8));
    String gzip = SampleFiles.write(folder.resolve("g.csv"), SampleFiles.gzip(new byte[9]));
    refuses(
        Specs.csv(parquet),
        "Cannot read " + parquet + " as csv: it is a Parquet file; use data.format parquet");
    refuses(Specs.csv(excel), "it is a zip archive, such as an Excel sheet");
    refuses(Specs.csv(gzip), "it is compressed with gzip; its name must end in .gz");
    refuses(
        Specs.of(Specs.source(Format.SVMLIGHT, gzip)), "as svmlight: it is compressed with gzip");
    refuses(Specs.of(Specs.spark("json", Map.of(), excel)), "as json: it is a zip archive");
    refuses(Specs.of(Specs.idx(gzip, gzip)), "as idx: it is compressed with gzip");
  }

  @Test
  void damagedFilesOfEveryFormat() throws IOException {
    for (String format : List.of("parquet", "orc")) {
      Path into = folder.resolve(format);
      SparkTest.session()
          .sql("select id / 3 as x, cast(id % 2 as string) as label from range(2000)")
          .coalesce(1)
          .write()
          .format(format)
          .save(into.toString());
      try (var files = Files.list(into)) {
        for (Path file : files.filter(f -> f.toString().endsWith(format)).toList()) {
          byte[] bytes = Files.readAllBytes(file);
          Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 0x55);
          Files.write(file, bytes);
        }
      }
      try (var sums = Files.list(into)) {
        for (Path sum : sums.filter(f -> f.toString().endsWith(".crc")).toList()) {
          Files.delete(sum);
        }
      }
      refuses(Specs.of(Specs.spark(format, Map.of(), into.toString())), "Cannot read " + into);
    }
    String orc = text("t.orc", "no orc");
    refuses(Specs.of(Specs.spark("orc", Map.of(), orc)), "Cannot read " + orc);
    String csv = SampleFiles.write(folder.resolve("n.csv.bz2"), "no bzip2".getBytes(UTF_8));
    refuses(Specs.csv(csv), "Cannot read " + csv + ": ");
  }

  @Test
  void timestampsOfNanosecondsNameTheirColumn() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int32 x; required int64 t (TIMESTAMP(NANOS,true)); }");
    var file = new org.apache.hadoop.fs.Path(folder.toString(), "t.parquet");
    try (var writer = ExampleParquetWriter.builder(file).withType(schema).build()) {
      SimpleGroup row = new SimpleGroup(schema);
      row.add("x", 1);
      row.add("t", 1L);
      writer.write(row);
    }
    refuses(
        Specs.of(Specs.source(Format.PARQUET, file.toString())),
        "Cannot read " + file + ", column t: its type must be supported by Spark, got INT64",
        "; write timestamps in microseconds");
  }
}
