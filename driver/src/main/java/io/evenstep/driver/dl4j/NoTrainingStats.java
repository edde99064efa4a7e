package io.evenstep.driver.dl4j;

/** Says why there are no {@code SparkTrainingStats}. */
final class NoTrainingStats {
  private NoTrainingStats() {}

  /**
   * Lets false pass.
   *
   * @throws UnsupportedOperationException for true
   */
  static void require(boolean collect) {
    if (collect) {
      throw new UnsupportedOperationException(
          "EvenstepTrainingMaster collects no training stats: DL4J's are times of Spark jobs within"
              + " an epoch, and here there are none");
    }
  }
}
