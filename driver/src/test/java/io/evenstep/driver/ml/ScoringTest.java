package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a model does with rows. */
class ScoringTest {
  private final EvenstepClassificationModel model =
      new EvenstepClassifier().setEpochs(1).setBatch(8).fit(MlData.points(40));

  @Test
  void broadcastsTheNetworkOnceForAModelAndItsCopies() {
    SparkContext context = SparkTest.session().sparkContext();
    assertThat(model.copy(ParamMap.empty()).network().on(context))
        .isSameAs(model.network().on(context));
  }

  @Test
  void keepsTheRowsAndTheirOrderOverManyBatches() {
    Dataset<Row> rows = MlData.points(1_100);
    List<Row> scored =
        model.transform(rows).drop("prediction", "probability", "rawPrediction").collectAsList();
    assertThat(scored).isEqualTo(rows.collectAsList());
  }

  @Test
  void takesASparseVectorForTheDenseOneItStandsFor() {
    Vector dense = Vectors.dense(0, 0.5, 0);
    Dataset<Row> rows =
        MlData.dataset(List.of(MlData.row(0, dense, 0.0), MlData.row(1, dense.toSparse(), 0.0)));
    List<Row> scored = model.transform(rows.coalesce(1)).select("probability").collectAsList();
    assertThat(scored.get(0)).isEqualTo(scored.get(1));
  }

  @Test
  void addsNothingThatIsNotWanted() {
    EvenstepClassificationModel bare =
        model.copy(ParamMap.empty()).setProbabilityCol("").setRawPredictionCol("");
    Dataset<Row> rows = MlData.points(10);

    assertThat(bare.transform(rows).columns())
        .containsExactly("id", "features", "label", "held", "importance", "prediction");
    assertThat(bare.transform(rows).select("prediction").collectAsList())
        .isEqualTo(model.transform(rows).select("prediction").collectAsList());
    assertThat(bare.setPredictionCol("").transform(rows).columns()).isEqualTo(rows.columns());
    assertThat(model.getProbabilityCol()).isEqualTo("probability");
  }
}
