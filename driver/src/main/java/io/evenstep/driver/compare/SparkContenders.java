package io.evenstep.driver.compare;

import io.evenstep.driver.compare.Contender.Fitted;
import io.evenstep.driver.compare.Contender.Fitter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.Classifier;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark ML's classifiers. Those for two classes take part one against the rest if there are more.
 */
final class SparkContenders {
  private static final int TREES = 50;
  private static final int ROUNDS = 20;

  private final SparkSession spark;
  private final int classes;
  private final long seed;

  SparkContenders(SparkSession spark, int classes, long seed) {
    this.spark = spark;
    this.classes = classes;
    this.seed = seed;
  }

  /** All of them, in the order of the table. */
  List<Contender> all() {
    return List.of(
        new Contender("logistic regression", fitter(new LogisticRegression())),
        new Contender("logistic regression, RBF", this::onRbfFeatures),
        new Contender("linear SVM", fitter(forTwo(new LinearSVC()))),
        new Contender("decision tree", fitter(new DecisionTreeClassifier().setSeed(seed))),
        new Contender(
            "random forest", fitter(new RandomForestClassifier().setNumTrees(TREES).setSeed(seed))),
        new Contender(
            "gradient boosting",
            fitter(forTwo(new GBTClassifier().setMaxIter(ROUNDS).setSeed(seed)))),
        new Contender("5 nearest neighbours", rows -> new NearestNeighbours(rows, 5)),
        new Contender("15 nearest neighbours", rows -> new NearestNeighbours(rows, 15)));
  }

  /** A learner for two classes, made into one for any number. */
  private Estimator<?> forTwo(Classifier<?, ?, ?> learner) {
    return classes == 2 ? learner : new OneVsRest().setClassifier(learner);
  }

  private Fitter fitter(Estimator<?> learner) {
    return rows -> fitted(learner, spark, rows.dataset(spark));
  }

  private Fitted onRbfFeatures(LabelledRows rows) {
    RbfFeatures features = RbfFeatures.of(rows, spark, seed);
    Fitted inner = fitter(new LogisticRegression()).fit(rows.with(features.of(rows.allFeatures())));
    return points -> inner.classes(features.of(points));
  }

  /** Fits one of Spark's estimators to a dataset of {@link LabelledRows}. */
  static Fitted fitted(
      Estimator<?> learner, SparkSession spark, org.apache.spark.sql.Dataset<Row> rows) {
    Model<?> model = learner.fit(rows);
    return points -> {
      List<Integer> unknown = Collections.nCopies(points.size(), 0);
      List<Integer> classes = new ArrayList<>();
      for (Row row :
          model
              .transform(new LabelledRows(points, unknown, 2).dataset(spark))
              .select("prediction")
              .collectAsList()) {
        classes.add((int) row.getDouble(0));
      }
      return classes;
    };
  }
}
