package io.evenstep.driver.ml;

import io.evenstep.driver.SparkTest;

/** Fits, stops Spark, does both again and returns, as a user's program may. */
final class FitAndReturn {
  private FitAndReturn() {}

  /** Takes no arguments. */
  public static void main(String... none) {
    for (int context = 1; context <= 2; context++) {
      EvenstepRegressionModel model =
          new EvenstepRegressor().setEpochs(1).setBatch(20).fit(MlData.curve(100));
      System.out.println("fitted " + model.summary().report().model().parametersSha256());
      SparkTest.stop();
    }
  }
}
