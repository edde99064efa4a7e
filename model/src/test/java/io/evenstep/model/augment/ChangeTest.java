package io.evenstep.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Batches;
import io.evenstep.model.augment.pixel.Beta;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Augmentations that change values in place. */
class ChangeTest {
  private static final Scaling SCALING = new Scaling(List.of(2.0, 4.0), List.of(0.5, 0.25));
  private static final Encoding IMAGES = Batches.images(SCALING, 2, 4, 4);
  private static final float[] BLACK = {(0 - 2f) * 0.5f, (0 - 4f) * 0.25f}; // [channel]

  private static float[] ofOnes(int numbers) {
    float[] row = new float[numbers];
    Arrays.fill(row, 1);
    return row;
  }

  private static List<Float> first(MiniBatch batch) {
    return Batches.row(batch.features().get(0), 0);
  }

  @Test
  void cutoutBlanksASquareOfEveryChannel() {
    for (int key = 0; key < 50; key++) {
      List<Float> cut =
          first(Batches.augmented(IMAGES, key, List.of(new Cutout(2, 1)), Batches.counting(32)));
      List<Float> whole = first(Batches.decode(IMAGES, Batches.counting(32)));
      int blanks = 0;
      for (int i = 0; i < 16; i++) {
        boolean blank = cut.get(i) == BLACK[0];
        assertThat(cut.get(16 + i) == BLACK[1]).isEqualTo(blank);
        blanks += blank ? 1 : 0;
        if (!blank) {
          assertThat(cut.get(i)).isEqualTo(whole.get(i));
        }
      }
      assertThat(blanks).isIn(1, 2, 4); // in a corner, at an edge, within
    }
  }

  @Test
  void brightnessMultipliesTheDistanceFromBlack() {
    List<Float> whole = first(Batches.decode(IMAGES, Batches.counting(32)));
    for (int key = 0; key < 20; key++) {
      List<Float> bright =
          first(
              Batches.augmented(
                  IMAGES, key, List.of(new Brightness(0.5, 1)), Batches.counting(32)));
      float factor = (bright.get(0) - BLACK[0]) / (whole.get(0) - BLACK[0]);
      assertThat(factor).isBetween(0.5f, 1.5f);
      for (int i = 0; i < 32; i++) {
        float black = BLACK[i / 16];
        assertThat(bright.get(i) - black).isCloseTo((whole.get(i) - black) * factor, within(1e-4f));
      }
    }
  }

  @Test
  void contrastKeepsTheMeanOfEachChannel() {
    List<Float> whole = first(Batches.decode(IMAGES, Batches.counting(32)));
    List<Float> changed =
        first(Batches.augmented(IMAGES, 3, List.of(new Contrast(0.5, 1)), Batches.counting(32)));
    assertThat(changed).isNotEqualTo(whole);
    for (int channel = 0; channel < 2; channel++) {
      assertThat(mean(changed, channel)).isCloseTo(mean(whole, channel), within(1e-5));
    }
    float factor = (changed.get(1) - changed.get(0)) / (whole.get(1) - whole.get(0));
    assertThat(factor).isBetween(0.5f, 1.5f).isNotEqualTo(1f);
    float ofOther = (changed.get(20) - changed.get(16)) / (whole.get(20) - whole.get(16));
    assertThat(ofOther).isCloseTo(factor, within(1e-4f));
  }

  private static double mean(List<Float> pixels, int channel) {
    return pixels.subList(16 * channel, 16 * channel + 16).stream()
        .mapToDouble(Float::doubleValue)
        .average()
        .orElseThrow();
  }

  @Test
  void noiseHasItsDeviationAndLeavesCategoriesAlone() {
    Segment colour =
        new Segment(
            Kind.ONE_HOT,
            List.of("colour"),
            List.of(),
            Storage.U8,
            List.of("red", "green"),
            Scaling.NONE);
    Segment numbers =
        new Segment(
            Kind.NUMBERS,
            List.of("numbers"),
            List.of(20_000L),
            Storage.F32,
            List.of(),
            Scaling.NONE);
    Encoding encoding = Batches.encoding(List.of(20_002L), numbers, colour);
    java.nio.ByteBuffer record =
        java.nio.ByteBuffer.allocate(encoding.recordBytes())
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    record.put(80_000, (byte) 1); // [green]
    MiniBatch batch = encoding.decoder().decode(record, 1);
    Augmenter.of(List.of(new Noise(0.5, 1)), encoding).augment(batch, 9);

    List<Float> noisy = first(batch);
    double mean = noisy.subList(0, 20_000).stream().mapToDouble(x -> x).average().orElseThrow();
    double square =
        noisy.subList(0, 20_000).stream().mapToDouble(x -> x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.015));
    assertThat(Math.sqrt(square)).isCloseTo(0.5, within(0.01));
    assertThat(noisy.subList(20_000, 20_002)).containsExactly(0f, 1f);
  }

  @Test
  void mixupMakesOneMeanOfARowAndItsLabel() {
    float[][] rows = new float[9][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new float[32];
      Arrays.fill(rows[row], row % 3); // the class
    }
    Encoding plain = Batches.images(Scaling.NONE, 2, 4, 4);
    int mixed = 0;
    for (int key = 0; key < 30; key++) {
      MiniBatch batch = Batches.augmented(plain, key, List.of(new Mixup(1, 1)), rows);
      for (int row = 0; row < rows.length; row++) {
        List<Float> label = Batches.row(batch.labels().get(0), row);
        assertThat(label).allMatch(weight -> weight >= 0 && weight <= 1);
        assertThat(label.get(0) + label.get(1) + label.get(2)).isCloseTo(1, within(1e-6f));
        float expected = label.get(1) + 2 * label.get(2);
        assertThat(Batches.row(batch.features().get(0), row))
            .allSatisfy(pixel -> assertThat(pixel).isCloseTo(expected, within(1e-5f)));
        mixed += label.get(row % 3) < 0.999f ? 1 : 0;
      }
    }
    assertThat(mixed).isGreaterThan(100);
  }

  @Test
  void cutmixWeighsLabelsByTheAreas() {
    float[][] rows = {new float[32], ofOnes(32), new float[32]};
    Arrays.fill(rows[2], 2);
    Encoding plain = Batches.images(Scaling.NONE, 2, 4, 4);
    int pasted = 0;
    for (int key = 0; key < 60; key++) {
      MiniBatch batch = Batches.augmented(plain, key, List.of(new Cutmix(1, 1)), rows);
      for (int row = 0; row < 3; row++) {
        List<Float> pixels = Batches.row(batch.features().get(0), row);
        List<Float> label = Batches.row(batch.labels().get(0), row);
        for (int of = 0; of < 3; of++) {
          float from = of;
          long count = pixels.stream().filter(pixel -> pixel == from).count();
          assertThat(label.get(of)).isCloseTo(count / 32f, within(1e-6f));
        }
        pasted += label.get(row) < 1 ? 1 : 0;
      }
    }
    assertThat(pasted).isGreaterThan(40);
  }

  @Test
  void aRowAloneHasNobodyToMixWith() {
    Encoding plain = Batches.images(Scaling.NONE, 1, 4, 4);
    MiniBatch batch = Batches.augmented(plain, 1, List.of(new Cutmix(1, 1)), Batches.counting(16));
    assertThat(first(batch)).isEqualTo(first(Batches.decode(plain, Batches.counting(16))));
    assertThat(Batches.row(batch.labels().get(0), 0)).containsExactly(1f, 0f, 0f);
  }

  @Test
  void mixingWeightsAreBetaNumbers() {
    for (double alpha : new double[] {0.01, 0.2, 1, 4}) {
      SplitMix64 random = new SplitMix64(11);
      double sum = 0;
      double squares = 0;
      int draws = 40_000;
      for (int i = 0; i < draws; i++) {
        double weight = Beta.symmetric(alpha, random);
        assertThat(weight).isBetween(0.0, 1.0);
        sum += weight;
        squares += (weight - 0.5) * (weight - 0.5);
      }
      assertThat(sum / draws).isCloseTo(0.5, within(0.01));
      assertThat(squares / draws).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
    }
  }
}
