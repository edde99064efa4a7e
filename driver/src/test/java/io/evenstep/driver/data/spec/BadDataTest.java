package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.ColumnSpec.Type;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every kind of bad data is reported with its file, row and column, and leaves nothing behind. */
class BadDataTest extends BadSources {
  @Test
  void missingFile() {
    String file = folder.resolve("none.csv").toString();
    refuses(Specs.csv(file), "Cannot read " + file + ": no such file");
    refuses(Specs.of(Specs.source(Format.PARQUET, file)), "Cannot read " + file + ": no such file");
    refuses(Specs.of(Specs.idx(file, file)), "Cannot read " + file + ": no such file");
    refuses(Specs.of(Specs.source(Format.IMAGES, file)), "Cannot read " + file + ": no such file");
  }

  @Test
  void emptyFile() throws IOException {
    String empty = SampleFiles.write(folder.resolve("empty.csv"), new byte[0]);
    String gzip = SampleFiles.write(folder.resolve("empty.csv.gz"), SampleFiles.gzip(new byte[0]));
    String header = csv("header.csv", "x,label");

    refuses(Specs.csv(empty), "Cannot read " + empty + ": the file is empty");
    refuses(Specs.csv(gzip), "Cannot read " + gzip + ": the file is empty");
    refuses(Specs.headed(header), "Cannot train: " + header + " must have rows, got none");
  }

  @Test
  void weightThatIsNoFactor() throws IOException {
    String file = csv("w.csv", "x,w,label", "1,2,a", "2,-1,b", "3,,a");
    refuses(
        Specs.headed(file).weight("w"),
        "Invalid data in " + file + ", row 2, column w: must be at least 0, got -1",
        "Invalid data in " + file + ", row 3, column w: must not be missing, got nothing");
  }

  @Test
  void fileWithAnotherHeader() throws IOException {
    String one = csv("in/1.csv", "x,y,label", "1,2,a");
    String two = csv("in/2.csv", "x,z,label", "1,2,b");
    refuses(
        Specs.headed(one, two),
        "Invalid header of "
            + two
            + ": must equal that of "
            + one
            + " [x, y, label], got [x, z, label]; to join files by the names of their columns, set"
            + " data.mergeColumns: true");
    refuses(
        Specs.headed(one).test(Specs.source(Format.CSV, two)),
        "Invalid columns of " + two + ": must include [y], got [x, z, label]");
  }

  @Test
  void rowWithTheWrongNumberOfFields() throws IOException {
    String file = csv("rows.csv", "x,y,label", "1,2,a", "1,2", "1,2,b,c");
    refuses(
        Specs.headed(file),
        "Invalid data in %s, row 2: must have 3 fields, got 1,2; 1 more like it: 1,2,b,c in row 3"
            .formatted(file));
  }

  @Test
  void wordInANumericColumn() throws IOException {
    String one = csv("1.csv", "x,y,label", "1,2,a", "3,4,b");
    String two = csv("2.csv", "x,y,label", "1,2,a", "3,four,b", "5,NaN,b", "7,1e99,a");
    refuses(
        Specs.headed(one, two),
        "Invalid data in " + two + ", row 2, column y: must be a number, got four",
        "Invalid data in " + two + ", row 3, column y: must be finite, got NaN",
        "Invalid data in " + two + ", row 4, column y: must be at most 3.4e38 in size, got 1e99");
  }

  @Test
  void saysOnceWhatIsWrongWithAColumnAndCountsTheRest() throws IOException {
    String[] lines = new String[14];
    Arrays.fill(lines, "x,a");
    lines[0] = "1,b";
    String file = csv("many.csv", lines);
    assertThatThrownBy(
            () -> Packs.pack(SparkTest.session(), Specs.csv(file).build(), folder.resolve("packs")))
        .hasMessageEndingWith("must be a number, got x; 12 more like it: x in row 3, x in row 4");
  }

  @Test
  void notANumberInTypedColumns() {
    String parquet = folder.resolve("t.parquet").toString();
    SparkTest.session()
        .sql("select 1D as x, array(1F, float('nan')) as v, 'a' as label")
        .coalesce(1)
        .write()
        .parquet(parquet);
    assertThatThrownBy(
            () ->
                Packs.pack(
                    SparkTest.session(),
                    Specs.of(Specs.source(Format.PARQUET, parquet)).build(),
                    folder.resolve("packs")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Invalid data in " + parquet + "/part-00000")
        .hasMessageEndingWith(", row 1, column v: must be finite, got NaN");
  }

  @Test
  void fileThatIsNoParquet() throws IOException {
    String text = csv("in/x.parquet", "1,a", "2,b");
    refuses(
        Specs.of(Specs.source(Format.PARQUET, text)),
        "Cannot read "
            + text
            + ": a Parquet file must end in PAR1; it is truncated or has another format");
    SparkTest.session()
        .sql("select 1 as x, 'a' as label")
        .write()
        .mode("append")
        .parquet(folder.resolve("in").toString());
    assertThatThrownBy(
            () ->
                Packs.pack(
                    SparkTest.session(),
                    Specs.of(Specs.source(Format.PARQUET, folder.resolve("in").toString())).build(),
                    folder.resolve("packs")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot read " + text + ": ");
  }

  @Test
  void wordInAQuery() {
    refuses(
        Specs.of(Specs.query("select 'one' as x, 1 as label")).feature("x", Type.NUMERIC),
        "Invalid data in select 'one' as x, 1 as label, column x: must be a number, got one");
    assertThatThrownBy(
            () ->
                Packs.pack(
                    SparkTest.session(),
                    Specs.of(Specs.query("no_such_table")).build(),
                    folder.resolve("packs")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot read no_such_table: ");
  }

  @Test
  void missingValues() throws IOException {
    String file = csv("gaps.csv", "1,a", ",b", "3,");
    refuses(
        Specs.csv(file),
        "Invalid data in " + file + ", row 2, column c0: must not be missing, got nothing",
        "Invalid data in " + file + ", row 3, column c1: must not be missing, got nothing");
    refuses(
        Specs.csv(csv("void.csv", ",a", ",b")).missing(Missing.DROP, 0),
        "Cannot train: there must be at least 1 training row, got 0 of 0 rows, 2 more skipped for"
            + " missing values");
  }

  @Test
  void labelOutsideTheClasses() throws IOException {
    String file = csv("labels.csv", "1,a", "2,b", "3,c");
    refuses(
        Specs.csv(file).classes("a", "b"),
        "Invalid data in " + file + ", row 3, column c1: must be one of [a, b], got c");
  }

  @Test
  void classThatNoTrainingRowHas() throws IOException {
    String train = csv("train.csv", "1,a", "2,b");
    String test = csv("test.csv", "1,a", "2,b", "3,z", "4,z");
    refuses(
        Specs.csv(train).test(Specs.csv(test).build().sources().train()),
        "Invalid data in " + test + ", row 3, column c1: z is a class that no training row has");
  }

  @Test
  void numbersThatAreTakenForClasses() throws IOException {
    String train = csv("numbers.csv", "1,0.5", "2,1.5");
    String test = csv("others.csv", "1,2.5", "2,3.5", "2,4.5");

    refuses(
        Specs.csv(train).test(Specs.csv(test).build().sources().train()),
        "Invalid data in "
            + test
            + ", row 1, column c1: 2.5 is a class that no training row has; 2 more like it: 3.5,"
            + " 4.5; to predict a number, set data.task to regression");
  }

  @Test
  void oneClassOnly() throws IOException {
    String file = csv("one.csv", "1,a", "2,a");
    refuses(Specs.csv(file), "Invalid data in column c1: must have at least 2 classes, got [a]");
  }

  @Test
  void leavesNoUnfinishedPackBehind() throws IOException {
    Path packs = Files.createDirectories(folder.resolve("kept"));
    Specs bad = Specs.csv(csv("bad.csv", "x,a", "1,b"));
    assertThatThrownBy(() -> Packs.pack(SparkTest.session(), bad.build(), packs))
        .isInstanceOf(DataException.class);
    assertThat(packs).isEmptyDirectory();
  }
}
