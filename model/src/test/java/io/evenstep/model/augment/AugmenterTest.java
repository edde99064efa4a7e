package io.evenstep.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.augment.pixel.Batches;
import io.evenstep.model.catalog.Augmentations;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmenterTest {
  private static final Encoding IMAGES =
      Batches.images(new Scaling(List.of(3.0), List.of(0.5)), 2, 6, 5);

  static List<Augmentation> each() {
    return Augmentations.entries().stream().map(AugmenterTest::usual).toList();
  }

  private static Augmentation usual(Entry entry) {
    Map<String, Object> parameters =
        switch (entry.name()) {
          case "shift", "cutout" -> Map.of("pixels", 2);
          case "noise" -> Map.of("deviation", 0.3);
          default -> Map.of();
        };
    assertThat(Augmentations.check("data.augment[0]", entry.name(), parameters)).isEmpty();
    return Augmentations.create(entry.name(), parameters);
  }

  private static float[][] rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            row -> {
              float[] pixels = Batches.counting(60);
              pixels[row] = 100;
              return pixels;
            })
        .toArray(float[][]::new);
  }

  private static String bits(MiniBatch batch) {
    return FlatArrays.sha256(batch.features().get(0)) + FlatArrays.sha256(batch.labels().get(0));
  }

  @ParameterizedTest
  @MethodSource("each")
  void givesTheSameBitsForTheSameKeyAndOthersForAnother(Augmentation augmentation) {
    List<Augmentation> one = List.of(augmentation);
    String first = bits(Batches.augmented(IMAGES, 7, one, rows(12)));
    assertThat(bits(Batches.augmented(IMAGES, 7, one, rows(12)))).isEqualTo(first);
    assertThat(bits(Batches.augmented(IMAGES, 8, one, rows(12)))).isNotEqualTo(first);
    assertThat(bits(Batches.decode(IMAGES, rows(12)))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("each")
  void isNamedAsTheCatalogueNamesIt(Augmentation augmentation) {
    assertThat(Augmentations.names()).contains(augmentation.name());
    assertThat(usual(entry(augmentation.name()))).isEqualTo(augmentation);
  }

  private static Entry entry(String name) {
    return Augmentations.entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Batches of several lengths through one augmenter: no data of a longer one remains. */
  @Test
  void keepsNothingFromOneBatchToTheNext() {
    Augmenter augmenter = Augmenter.of(each(), IMAGES);
    for (int count : new int[] {12, 3, 1, 12}) {
      MiniBatch batch = Batches.decode(IMAGES, rows(count));
      augmenter.augment(batch, count);
      assertThat(bits(batch))
          .isEqualTo(bits(Batches.augmented(IMAGES, count, each(), rows(count))));
    }
  }

  /** Pinned: a change here changes the weights of every job with augmentation. */
  @Test
  void drawsWhatItDrewBefore() {
    assertThat(bits(Batches.augmented(IMAGES, 7, each(), rows(12))))
        .isEqualTo(
            "4ebbde7bc250406cd006a4d812bb60100aee7b40318873eebf63120580d9fca2"
                + "a91030706e715d5e74d97fe7a2d03c70c9ca7ec72a4b47f734ca373d0a5934bc");
  }

  /** A second augmentation of the same kind draws its own random numbers. */
  @Test
  void givesEachAugmentationAStreamOfItsOwn() {
    Noise noise = new Noise(0.3, 1);
    MiniBatch plain = Batches.decode(IMAGES, rows(1));
    MiniBatch once = Batches.augmented(IMAGES, 7, List.of(noise), rows(1));
    MiniBatch twice = Batches.augmented(IMAGES, 7, List.of(noise, noise), rows(1));
    float first = once.features().get(0).getFloat(0) - plain.features().get(0).getFloat(0);
    float second = twice.features().get(0).getFloat(0) - once.features().get(0).getFloat(0);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void refusesWhatTheRowsAreNot() {
    Encoding flat = numbers(64);
    assertThatThrownBy(() -> Augmenter.of(each(), flat))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "Invalid data.augment[0].flip: needs rows of shape [channels, height, width], which"
                + " data.shape can give them, got rows of [64]")
        .hasMessageNotContaining("noise")
        .hasMessageNotContaining("mixup");
    assertThatThrownBy(() -> Augmenter.of(List.of(new Shift(1, 1), new Cutout(5, 1)), IMAGES))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.augment[1].cutout.pixels: must be below the sides of the image [2, 6, 5],"
                + " got 5");
    assertThatThrownBy(() -> Augmenter.of(List.of(new Mixup(1, 1), new Noise(1, 1)), categories()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.augment[0].mixup: needs features that can be averaged, got"
                + " categories with encoding index\n"
                + "Invalid data.augment[1].noise: needs a numeric feature, got categories"
                + " only");
  }

  private static Encoding numbers(long count) {
    return Batches.encoding(
        List.of(count),
        new Segment(
            Kind.NUMBERS, List.of("x"), List.of(count), Storage.F32, List.of(), Scaling.NONE));
  }

  private static Encoding categories() {
    return Batches.encoding(
        List.of(1L),
        new Segment(
            Kind.INDEX, List.of("city"), List.of(), Storage.U8, List.of("a", "b"), Scaling.NONE));
  }

  /** Sequences [features, steps] are rows like any other. */
  @Test
  void addsNoiseToSequencesAndMixesThem() {
    Encoding sequences =
        Batches.encoding(
            List.of(2L, 3L),
            new Segment(
                Kind.NUMBERS, List.of("x"), List.of(6L), Storage.F32, List.of(), Scaling.NONE));
    List<Augmentation> both = List.of(new Noise(0.1, 1), new Mixup(1, 1));
    float[][] rows = {Batches.counting(6), new float[6]};
    assertThat(bits(Batches.augmented(sequences, 1, both, rows)))
        .isNotEqualTo(bits(Batches.decode(sequences, rows)));
  }
}
