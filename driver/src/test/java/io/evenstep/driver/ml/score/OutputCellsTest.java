package io.evenstep.driver.ml.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.evenstep.model.decision.Decision;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class OutputCellsTest {
  @Test
  void calibratesProbabilitiesAndDecidesByTheThreshold() {
    assertThat(predicted(new Decision(2, 0.2))).isEqualTo(1);
    assertThat(predicted(new Decision(2, 0.3))).isZero();
    assertThat(predicted(Decision.USUAL)).isZero();
  }

  /** A network that outputs 0.1 as the probability of the second class; its odds are 1 to 9. */
  private static double predicted(Decision decision) {
    OutputCells cells = new OutputCells(true, true, true, decision);
    Row row = cells.row(RowFactory.create("own"), List.<double[][]>of(new double[][] {{0.1}}), 0);
    assertThat(row.getString(0)).isEqualTo("own");
    double second = decision.temperature() == 2 ? 0.25 : 0.1;
    assertThat(row.<Vector>getAs(1).apply(1)).isCloseTo(second, offset(1e-12));
    return row.getDouble(2);
  }
}
