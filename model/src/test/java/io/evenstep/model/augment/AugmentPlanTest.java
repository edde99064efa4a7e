package io.evenstep.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.augment.pixel.Batches;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.Unseen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows with several inputs, of which one is augmented. */
class AugmentPlanTest {
  private static final List<Augmentation> CHANGES = List.of(new Shift(1, 1), new Noise(0.3, 1));
  private static final TensorEncoding IMAGE = input("image", 1L, 4L, 4L);
  private static final TensorEncoding PLACE = input("place", 3L);

  @Test
  void changesTheOnlyImageAsIfItWereAlone() {
    MiniBatch both = batch();
    Augmenter.of(CHANGES, encoding(PLACE, IMAGE)).augment(both, 7);
    MiniBatch alone = MiniBatch.of(batch().features().get(1), batch().labels().get(0));
    Augmenter.of(CHANGES, encoding(IMAGE)).augment(alone, 7);

    assertThat(numbers(both, 1)).isEqualTo(numbers(alone, 0)).isNotEqualTo(numbers(batch(), 1));
    assertThat(numbers(both, 0)).isEqualTo(numbers(batch(), 0));
  }

  @Test
  void changesTheInputThatIsNamed() {
    MiniBatch batch = batch();
    Augmenter.of(new AugmentPlan(List.of(new Noise(1, 1)), "place"), encoding(PLACE, IMAGE))
        .augment(batch, 7);

    assertThat(numbers(batch, 0)).isNotEqualTo(numbers(batch(), 0));
    assertThat(numbers(batch, 1)).isEqualTo(numbers(batch(), 1));
  }

  @Test
  void asksWhichWhereNoneOrSeveralAreImages() {
    assertThatThrownBy(() -> plan("").requireFits(encoding(PLACE, input("more", 2L))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.augmentInput: must name one of the inputs [place, more]; 0 of them are"
                + " images, got nothing");
    Encoding two = encoding(IMAGE, input("depth", 1L, 4L, 4L));
    assertThatThrownBy(() -> plan("").requireFits(two)).hasMessageContaining("; 2 of them are");
    assertThatCode(() -> plan("depth").requireFits(two)).doesNotThrowAnyException();
  }

  @Test
  void refusesANameThatNoInputHasAndWhatThatInputCannotTake() {
    assertThatThrownBy(() -> plan("picture").requireFits(encoding(PLACE, IMAGE)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.augmentInput: must be one of the inputs [place, image], got picture");
    assertThatThrownBy(() -> plan("place").requireFits(encoding(PLACE, IMAGE)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid data.augment[0].shift: needs rows of shape");
  }

  @Test
  void refusesToMixRowsOfSeveralInputs() {
    AugmentPlan mixing = new AugmentPlan(List.of(new Mixup(1, 1), new Cutmix(1, 1)), "");
    assertThatThrownBy(() -> mixing.requireFits(encoding(PLACE, IMAGE)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.augment[0].mixup: needs rows with one input, as it mixes whole rows, got"
                + " 2\n"
                + "Invalid data.augment[1].cutmix: needs rows with one input, as it mixes whole"
                + " rows, got 2");
  }

  private static AugmentPlan plan(String input) {
    return new AugmentPlan(CHANGES, input);
  }

  private static TensorEncoding input(String name, Long... shape) {
    long width = List.of(shape).stream().reduce(1L, (a, b) -> a * b);
    Segment numbers =
        new Segment(
            Kind.NUMBERS, List.of(name), List.of(width), Storage.F32, List.of(), Scaling.NONE);
    return new TensorEncoding(name, List.of(shape), List.of(numbers));
  }

  private static Encoding encoding(TensorEncoding... inputs) {
    return new Encoding(
        Encoding.VERSION,
        List.of(inputs),
        Batches.images(Scaling.NONE, 1, 1, 1).outputs(),
        Missing.REFUSE,
        0,
        Unseen.REFUSE);
  }

  /** Six rows, each with a location and an image. */
  private static MiniBatch batch() {
    return new MiniBatch(
        List.of(Nd4j.linspace(1, 18, 18).reshape(6, 3), image()),
        List.of(Nd4j.ones(6, Batches.CLASSES)),
        List.of(),
        List.of(),
        6);
  }

  private static INDArray image() {
    return Nd4j.linspace(1, 96, 96).reshape(6, 1, 4, 4);
  }

  private static List<Float> numbers(MiniBatch batch, int input) {
    return Batches.numbers(batch.features().get(input));
  }
}
