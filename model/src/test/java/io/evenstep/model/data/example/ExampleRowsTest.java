package io.evenstep.model.data.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** From DL4J's DataSets to records and back to tensors. */
class ExampleRowsTest {
  static {
    NativeRuntime.prepare();
  }

  /** A sequence of [1, 2, steps] with a class for the whole of it. */
  private static DataSet sequence(int steps) {
    INDArray features = Nd4j.linspace(1, 2 * steps, 2 * steps, DataType.FLOAT).reshape(1, 2, steps);
    return new DataSet(features, Nd4j.createFromArray(new float[][] {{0, 1, 0}}));
  }

  private static MiniBatch decode(int segment, RecordDecoder decoder, DataSet... examples) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExampleLayout layout = layout(examples);
    for (DataSet each : examples) {
      ExampleRows.of(each.toMultiDataSet()).encode(layout, bytes::writeBytes);
    }
    ByteBuffer records = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    return decoder.decode(records, examples.length, segment);
  }

  private static ExampleLayout layout(DataSet... examples) {
    return List.of(examples).stream()
        .map(each -> ExampleRows.of(each.toMultiDataSet()).layout())
        .reduce(ExampleLayout::merge)
        .orElseThrow();
  }

  @Test
  void padsAndMasksShorterSequencesAsDl4jDoes() {
    DataSet[] rows = {sequence(2), sequence(4), sequence(3)};
    MiniBatch batch = decode(0, layout(rows).decoder(), rows);
    DataSet merged = DataSet.merge(List.of(rows));
    assertThat(batch.features().get(0)).isEqualTo(merged.getFeatures());
    assertThat(batch.featureMasks().get(0)).contains(merged.getFeaturesMaskArray());
    assertThat(batch.labels().get(0)).isEqualTo(merged.getLabels());
    assertThat(batch.labelMasks().get(0)).isEmpty();
    assertThat(layout(rows).isUneven()).isTrue();
  }

  @Test
  void cutsSequencesAndLeavesTheRestWhole() {
    DataSet[] rows = {sequence(5), sequence(5)};
    ExampleLayout layout = layout(rows);
    assertThat(layout.segments(2)).isEqualTo(3);
    MiniBatch last = decode(2, layout.decoder(2), rows);
    INDArray whole = DataSet.merge(List.of(rows)).getFeatures();
    assertThat(last.features().get(0))
        .isEqualTo(whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(4, 5)));
    assertThat(last.labels().get(0).shape()).containsExactly(2, 3);
    assertThat(last.segment()).isEqualTo(2);
  }

  @Test
  void copiesViewsOfAnyOrderAndType() {
    INDArray odd = Nd4j.linspace(1, 12, 12, DataType.DOUBLE).reshape('f', 4, 3);
    DataSet rows =
        new DataSet(odd.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all()), Nd4j.ones(2, 1));
    MiniBatch batch = decodeTogether(rows);
    assertThat(batch.features().get(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{2, 6, 10}, {3, 7, 11}});
  }

  private static MiniBatch decodeTogether(DataSet rows) {
    ExampleRows examples = ExampleRows.of(rows.toMultiDataSet());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    examples.encode(examples.layout(), bytes::writeBytes);
    ByteBuffer records = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    return examples.layout().decoder().decode(records, examples.rows());
  }

  @Test
  void namesWhatIsUnlike() {
    DataSet wide = new DataSet(Nd4j.ones(1, 3, 4), Nd4j.ones(1, 3));
    assertThatThrownBy(() -> layout(sequence(4), wide))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid examples: all must have the same shape of features 0, got [2, 4] and [3, 4]");
    assertThatThrownBy(() -> ExampleRows.of(new DataSet(Nd4j.ones(1, 3), null).toMultiDataSet()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have features and labels");
  }
}
