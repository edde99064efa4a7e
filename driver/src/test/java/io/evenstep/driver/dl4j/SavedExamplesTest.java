package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.util.SparkUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Files and folders of examples give the bits of an RDD that holds the same examples. */
@Tag("slow")
class SavedExamplesTest {
  private static final int ROWS = 40;

  /** One worker, for speed: examples are packed before any worker sees them. */
  private static final EvenstepTrainingMaster MASTER =
      new EvenstepTrainingMaster.Builder(16).workers(1).build();

  @TempDir private Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> batches = Examples.batches(Examples.rows(ROWS), 10);
  private final List<MultiDataSet> wideBatches = wideBatches();

  private static List<MultiDataSet> wideBatches() {
    List<MultiDataSet> rows = Examples.pairs(ROWS);
    List<MultiDataSet> batches = new ArrayList<>();
    for (int from = 0; from < ROWS; from += 10) {
      batches.add(org.nd4j.linalg.dataset.MultiDataSet.merge(rows.subList(from, from + 10)));
    }
    return batches;
  }

  private SparkDl4jMultiLayer layers() {
    return new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), MASTER);
  }

  private SparkComputationGraph graph() {
    return new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), MASTER);
  }

  private SparkComputationGraph wideGraph() {
    return new SparkComputationGraph(spark, SmallNetworks.wideGraph(new Adam(0.01)), MASTER);
  }

  private static String sha(INDArray parameters) {
    return FlatArrays.sha256(parameters);
  }

  /** Saves each example; returns the order in which the folder's files are listed. */
  private <T> List<T> saved(List<T> examples, Saver<T> saver) throws IOException {
    for (int i = 0; i < examples.size(); i++) {
      saver.save(examples.get(i), folder.resolve(name(i)).toFile());
    }
    List<String> names = paths().map(path -> new File(path).getName()).collect();
    assertThat(names).hasSize(examples.size());
    List<T> listed = new ArrayList<>(examples);
    for (int i = 0; i < examples.size(); i++) {
      listed.set(names.indexOf(name(i)), examples.get(i));
    }
    return listed;
  }

  /** Writes an example to a file. */
  private interface Saver<T> {
    void save(T example, File file) throws IOException;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%02d.bin", number);
  }

  private String uri() {
    return folder.toUri().toString();
  }

  private JavaRDD<String> paths() throws IOException {
    return SparkUtils.listPaths(spark, uri());
  }

  @Test
  void trainsLayersOnSavedDataSets() throws Exception {
    List<DataSet> listed = saved(batches, DataSet::save);
    String bits = sha(layers().fit(spark.parallelize(listed, 3)).params());
    assertThat(sha(layers().fitPaths(paths()).params())).isEqualTo(bits);
    assertThat(sha(layers().fit(uri()).params())).isEqualTo(bits);
  }

  @Test
  void trainsAGraphOnSavedDataSets() throws Exception {
    List<DataSet> listed = saved(batches, DataSet::save);
    String bits = sha(graph().fit(spark.parallelize(listed, 3)).params());
    assertThat(sha(graph().fitPaths(paths()).params())).isEqualTo(bits);
    SparkComputationGraph fromFolder = graph();
    assertThat(sha(fromFolder.fit(uri()).params())).isEqualTo(bits);
    assertThat(fromFolder.getNetwork().getIterationCount()).isEqualTo(3);
    assertThat(fromFolder.getNetwork().getEpochCount()).isEqualTo(1);
  }

  @Test
  void trainsAGraphOnSavedMultiDataSets() throws Exception {
    List<MultiDataSet> listed = saved(wideBatches, MultiDataSet::save);
    String bits = sha(wideGraph().fitMultiDataSet(spark.parallelize(listed, 3)).params());
    assertThat(sha(wideGraph().fitPathsMultiDataSet(paths()).params())).isEqualTo(bits);
    assertThat(sha(wideGraph().fitMultiDataSet(uri()).params())).isEqualTo(bits);
  }

  /** The order is the RDD's, whatever the files' names. */
  @Test
  void takesFilesInTheOrderOfTheirPaths() throws Exception {
    saved(batches, DataSet::save);
    List<DataSet> turned = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (int i : new int[] {2, 0, 3, 1}) {
      turned.add(batches.get(i));
      paths.add(folder.resolve(name(i)).toUri().toString());
    }
    assertThat(sha(layers().fitPaths(spark.parallelize(paths, 2)).params()))
        .isEqualTo(sha(layers().fit(spark.parallelize(turned, 3)).params()));
  }
}
