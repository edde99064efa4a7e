package io.evenstep.driver.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Header and rows of CSV are read by one reader with one set of options. */
class CsvReaderTest {
  @TempDir Path folder;
  private int files;

  private SourceTable table(Map<String, String> options, String text) throws IOException {
    return table(options, text, StandardCharsets.UTF_8);
  }

  private SourceTable table(Map<String, String> options, String text, Charset charset)
      throws IOException {
    Path file = folder.resolve(files++ + ".csv");
    return read(SampleFiles.write(file, text.getBytes(charset)), ",", options);
  }

  private static SourceTable read(String file, String delimiter, Map<String, String> options) {
    SourceSpec spec =
        new SourceSpec(
            Format.CSV,
            List.of(file),
            List.of(),
            true,
            delimiter,
            Optional.empty(),
            Optional.empty(),
            options);
    return Sources.read(PinnedSession.of(SparkTest.session()), spec);
  }

  private static List<String> rows(SourceTable table) {
    int columns = table.columnNames().size();
    return table.records().collect().stream().map(row -> cells(row, columns)).toList();
  }

  private static String cells(Row row, int columns) {
    return row.toSeq().take(columns).mkString("|");
  }

  private void reads(Map<String, String> options, String text, String header, String... expected)
      throws IOException {
    SourceTable table = table(options, text);
    assertThat(table.columnNames()).isEqualTo(List.of(header.split("\\|", -1)));
    assertThat(rows(table)).containsExactly(expected);
  }

  @Test
  void takesAHeaderAndRowsThatBeginWithAHashAsTheyAre() throws IOException {
    reads(Map.of(), "#x,y\n#1,2\n", "#x|y", "#1|2");
    reads(Map.of("comment", "#"), "# made by hand\nx,y\n#1,2\n3,4\n", "x|y", "3|4");
    reads(Map.of("Comment", "%"), "%\n\n#x,y\n%1,2\n3,4\n", "#x|y", "3|4");
  }

  @Test
  void readsDoubledQuotesUnlessTheJobNamesAnotherEscape() throws IOException {
    reads(Map.of(), "a,b\n\"12\"\" disk\",\"x, y\"\n", "a|b", "12\" disk|x, y");
    reads(Map.of("escape", "\\"), "\"a\\\"\",b\n\"12\\\" disk\",1\n", "a\"|b", "12\" disk|1");
  }

  @Test
  void readsHeaderAndRowsWithoutQuotesWhereThereAreNone() throws IOException {
    reads(Map.of("quote", ""), "a,\"b\n12\" disk,\"x\n", "a|\"b", "12\" disk|\"x");
    reads(Map.of("quote", "'"), "'a,b',c\n'1,2',3\n", "a,b|c", "1,2|3");
  }

  @Test
  void readsLineEndsInsideQuotesOfHeaderAndRows() throws IOException {
    reads(
        Map.of("multiline", "TRUE"),
        "\"size\n(cm)\",b\n\"one\ntwo\",2\n",
        "size\n(cm)|b",
        "one\ntwo|2");
  }

  @Test
  void readsLineEndsOfItsOwnInHeaderAndRows() throws IOException {
    reads(Map.of("lineSep", ";"), "a,b;1,2;3,4;", "a|b", "1|2", "3|4");
    reads(Map.of(), "a,b\r\n1,2\r\n3,4", "a|b", "1|2", "3|4");
  }

  @Test
  void readsHeaderAndRowsInTheirEncoding() throws IOException {
    String text = "größe,b\nweiß,2\n";
    for (String charset : List.of("ISO-8859-1", "UTF-8", "UTF-16", "UTF-16LE", "UTF-32BE")) {
      for (String name : List.of("encoding", "charset", "Encoding")) {
        SourceTable table = table(Map.of(name, charset), text, Charset.forName(charset));
        assertThat(table.columnNames()).as(charset).containsExactly("größe", "b");
        assertThat(rows(table)).as(charset).containsExactly("weiß|2");
      }
    }
    reads(Map.of(), "\uFEFFa,b\n1,2\n", "a|b", "1|2");
    reads(Map.of("multiLine", "true"), "\uFEFFa,b\n1,2\n", "a|b", "1|2");
  }

  @Test
  void takesNullValuesAndSpacesAsOptionsSay() throws IOException {
    reads(Map.of("nullValue", "NA"), "a,b\nNA,\n", "a|b", "null|null");
    reads(Map.of("ignoreLeadingWhiteSpace", "true"), " a, b\n 1, 2\n", "a|b", "1|2");
  }

  @Test
  void refusesOptionsThatDoNothing() {
    refuses(Map.of("sep", ";"), "sep: must not be set: use data.delimiter instead, got ;");
    refuses(Map.of("Header", "no"), "Header: must not be set: use data.header instead, got no");
    refuses(Map.of("PATH", "x"), "PATH: must not be set: use data.path instead, got x");
    refuses(Map.of("skipRows", "1"), "skipRows: must be one of the options of this format [");
    refuses(Map.of("inferSchema", "true"), "inferSchema: must be one of the options of this");
  }

  @Test
  void refusesValuesThatNoReaderTakes() {
    refuses(
        Map.of("encoding", "latin-nine"), "encoding: must be a character set that Java supports");
    refuses(Map.of("charset", "?"), "charset: must be a character set that Java supports");
    refuses(Map.of("maxColumns", "many"), "maxColumns: must be a whole number from 1");
    refuses(Map.of("multiLine", "perhaps"), "multiLine: must be true or false, got perhaps");
    refuses(Map.of("quote", "''"), "quote: must be one character, or empty for none, got ''");
    refuses(Map.of("unescapedQuoteHandling", "x"), "unescapedQuoteHandling: must be one of [STOP_");
    refuses(
        Map.of("encoding", "UTF-16", "multiLine", "false"),
        "multiLine: must be true or not set for the encoding UTF-16, got false");
    refuses(Map.of("quote", "", "Quote", "'"), "must not be given twice");
  }

  private static void refuses(Map<String, String> options, String message) {
    assertThatThrownBy(() -> read("/no/such/file.csv", ",", options))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid data.options.")
        .hasMessageContaining(message);
  }

  @Test
  void cutsFilesInSlicesThatLoseNoRowAndNoHeader() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i).append(",").append(i % 7).append('\n');
    }
    SourceTable table = table(Map.of(), text.toString());
    var session = PinnedSession.of(SparkTest.session());
    session.conf().set("spark.sql.files.maxPartitionBytes", 777);
    SourceSpec spec = Specs.headed(folder.resolve("0.csv").toString()).build().sources().train();
    SourceTable cut = Sources.read(session, spec);
    assertThat(cut.records().getNumPartitions()).isGreaterThan(10);
    assertThat(rows(cut)).hasSize(5000).isEqualTo(rows(table));
  }

  @Test
  void readsManyColumns() throws IOException {
    String header = "a".repeat(25_000).replace("a", ",").substring(1);
    assertThat(table(Map.of(), header + "\n" + header + "\n").columnNames()).hasSize(25_000);
    assertThatThrownBy(() -> table(Map.of("maxColumns", "100"), header + "\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more or longer fields than data.options.maxColumns");
  }
}
