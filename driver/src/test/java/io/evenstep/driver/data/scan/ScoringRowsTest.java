package io.evenstep.driver.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.ColumnSpec.Type;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.driver.score.RowBatches;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringRowsTest {
  @TempDir Path folder;
  private SparkSession session;
  private String train;

  @BeforeEach
  void trainingRows() throws IOException {
    session = SparkTest.session();
    train =
        SampleFiles.text(
            folder.resolve("train.csv"), "x,colour,label", "0,red,a", "10,blue,b", "5,red,a");
  }

  private Encoding encoding(Missing missing) {
    DataSpec spec =
        Specs.headed(train)
            .feature("x", Type.NUMERIC)
            .feature("colour", Type.CATEGORICAL)
            .normalize(Normalization.MIN_MAX)
            .missing(missing, 0)
            .build();
    return Packs.pack(session, spec, folder.resolve("packs")).index().encoding().withoutOutputs();
  }

  private SourceSpec rows(String... lines) throws IOException {
    return Specs.headed(SampleFiles.text(folder.resolve("new.csv"), lines))
        .build()
        .sources()
        .train();
  }

  private static RowBatches batches(ScoringRows scoring, Encoding encoding, int most) {
    Iterator<Row> rows = scoring.rows().collectAsList().iterator();
    return new RowBatches(
        encoding,
        encoding.encoder().columns(),
        rows,
        most,
        (row, index, problem) -> {
          throw new DataException("row " + index + ": " + problem.text());
        });
  }

  /** Skipped rows count when a message names a row by its number. */
  @Test
  void namesARowThatCannotBeEncodedByItsPlace() throws IOException {
    SourceSpec source = rows("colour,x", "blue,", "red,5");
    Encoding drops = encoding(Missing.DROP);
    Encoding refuses = encoding(Missing.REFUSE);
    ScoringRows scoring = ScoringRows.open(session, source, drops);
    RowBatches batches = batches(scoring, refuses, 8);
    assertThatThrownBy(batches::hasNext)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("row 0: must not be missing");
  }

  @Test
  void encodesRowsAsTrainingDidAndKeepsThemBesideTheirFeatures() throws IOException {
    SourceSpec source = rows("id,colour,x", "7,blue,20", "8,red,5", "9,red,0");
    Encoding encoding = encoding(Missing.REFUSE);

    ScoringRows scoring = ScoringRows.open(session, source, encoding);
    RowBatches batches = batches(scoring, encoding, 2);

    assertThat(scoring.columns()).containsExactly("id", "colour", "x");
    RowBatches.Batch first = batches.next();
    assertThat(first.tensors().features().get(0).toFloatMatrix())
        .isEqualTo(new float[][] {{2, 1, 0}, {0.5f, 0, 1}});
    assertThat(first.tensors().labels()).isEmpty();
    assertThat(first.rows().get(1).getString(0)).isEqualTo("8");
    assertThat(batches.next().rows()).hasSize(1);
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void leavesOutRowsWithMissingValuesWhenTrainingDid() throws IOException {
    SourceSpec source = rows("colour,x", "blue,", "red,5");
    Encoding encoding = encoding(Missing.DROP);

    ScoringRows scoring = ScoringRows.open(session, source, encoding);
    RowBatches batches = batches(scoring, encoding, 8);

    assertThat(batches.next().rows()).hasSize(1);
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void namesWhatAModelCannotTake() throws IOException {
    SourceSpec other = rows("x,size", "1,2");
    String file = folder.resolve("new.csv").toString();
    Encoding encoding = encoding(Missing.REFUSE);

    assertThatThrownBy(() -> ScoringRows.open(session, other, encoding))
        .isInstanceOf(DataException.class)
        .hasMessage("Invalid columns of " + file + ": must include [colour], got [x, size]");

    SourceSpec pink = rows("x,colour", "1,red", "2,pink", "three,red");
    assertThatThrownBy(() -> ScoringRows.open(session, pink, encoding))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid data in %s, row 2, column colour: must be one of [blue, red], got pink\n"
                    .formatted(file)
                + "Invalid data in %s, row 3, column x: must be a number, got three"
                    .formatted(file));
  }
}
