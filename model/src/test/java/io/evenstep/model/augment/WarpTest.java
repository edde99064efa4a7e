package io.evenstep.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.Batches;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Scaling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Augmentations that move pixels. */
class WarpTest {
  private static final Encoding PLAIN = Batches.images(Scaling.NONE, 1, 3, 3);
  private static final float[] IMAGE = Batches.counting(9);

  private static List<Float> once(Encoding encoding, long key, Augmentation... augmentations) {
    MiniBatch batch =
        Batches.augmented(
            encoding,
            key,
            List.of(augmentations),
            Batches.counting(encoding.inputs().get(0).width()));
    return Batches.row(batch.features().get(0), 0);
  }

  @Test
  void flipMirrorsAlongItsAxis() {
    assertThat(once(PLAIN, 1, new Flip(Flip.Axis.HORIZONTAL, 1)))
        .containsExactly(3f, 2f, 1f, 6f, 5f, 4f, 9f, 8f, 7f);
    assertThat(once(PLAIN, 1, new Flip(Flip.Axis.VERTICAL, 1)))
        .containsExactly(7f, 8f, 9f, 4f, 5f, 6f, 1f, 2f, 3f);
  }

  @Test
  void flipTwiceIsTheImageItselfToTheBit() {
    Flip flip = new Flip(Flip.Axis.HORIZONTAL, 1);
    MiniBatch batch = Batches.decode(PLAIN, new float[] {.1f, .2f, .3f, .4f, .5f, .6f, .7f, 8, 9});
    List<Float> before = Batches.numbers(batch.features().get(0));
    Augmenter.of(List.of(flip), PLAIN).augment(batch, 1);
    assertThat(Batches.numbers(batch.features().get(0))).isNotEqualTo(before);
    Augmenter.of(List.of(flip), PLAIN).augment(batch, 2);
    assertThat(Batches.numbers(batch.features().get(0))).isEqualTo(before);
    Augmenter.of(List.of(flip, flip), PLAIN).augment(batch, 3);
    assertThat(Batches.numbers(batch.features().get(0))).isEqualTo(before);
  }

  @Test
  void flipChangesItsShareOfTheImages() {
    float[][] rows = new float[1000][];
    java.util.Arrays.fill(rows, IMAGE);
    MiniBatch batch =
        Batches.augmented(PLAIN, 5, List.of(new Flip(Flip.Axis.HORIZONTAL, 0.25)), rows);
    int flipped = 0;
    for (int row = 0; row < rows.length; row++) {
      flipped += Batches.row(batch.features().get(0), row).get(0) == 3f ? 1 : 0;
    }
    assertThat(flipped).isBetween(200, 300);
  }

  @Test
  void shiftMovesEachChannelByTheSameWholePixelsAndFillsWithBackground() {
    Encoding colour = Batches.images(Scaling.NONE, 2, 3, 3);
    float[] row = Batches.counting(18);
    Set<List<Float>> expected = new HashSet<>();
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        expected.add(moved(row, down, right));
      }
    }
    Set<List<Float>> seen = new HashSet<>();
    for (int key = 0; key < 200; key++) {
      seen.add(once(colour, key, new Shift(1, 1)));
    }
    assertThat(seen).isEqualTo(expected);
  }

  private static List<Float> moved(float[] row, int down, int right) {
    List<Float> moved = new java.util.ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      int y = i % 9 / 3 - down;
      int x = i % 3 - right;
      boolean within = y >= 0 && y < 3 && x >= 0 && x < 3;
      moved.add(within ? row[i / 9 * 9 + 3 * y + x] : 0f);
    }
    return moved;
  }

  @Test
  void backgroundIsWhatTheEncodingMakesOfZero() {
    Encoding standardised = Batches.images(new Scaling(List.of(5.0), List.of(0.5)), 1, 3, 3);
    float zero = (0 - 5f) * 0.5f;
    for (int key = 0; key < 50; key++) {
      List<Float> moved = once(standardised, key, new Shift(2, 1));
      for (float value : moved) {
        float source = value / 0.5f + 5;
        assertThat(source).isBetween(0f, 9f);
      }
      if (!moved.equals(once(standardised, key))) {
        assertThat(moved).contains(zero);
      }
    }
  }

  /** A pixel that moves takes the scaling of its new position. */
  @Test
  void pixelsWithScalingsOfTheirOwnMoveInTheSourcesUnits() {
    Scaling each = new Scaling(List.of(0.0, 1.0, 2.0, 3.0), List.of(1.0, 0.5, 0.25, 2.0));
    Encoding encoding = Batches.images(each, 1, 2, 2);
    assertThat(once(encoding, 1, new Flip(Flip.Axis.HORIZONTAL, 1)))
        .containsExactly(2f, (1 - 1) * 0.5f, (4 - 2) * 0.25f, (3 - 3) * 2f);
  }

  @Test
  void rotationKeepsADiscAboutTheCentre() {
    int size = 21;
    float[] disc = new float[size * size];
    for (int i = 0; i < disc.length; i++) {
      double away = Math.hypot(i / size - 10, i % size - 10);
      disc[i] = (float) Math.max(0, 8 - away);
    }
    Encoding encoding = Batches.images(Scaling.NONE, 1, size, size);
    MiniBatch batch = Batches.augmented(encoding, 3, List.of(new Rotate(180, 1)), disc);
    List<Float> turned = Batches.row(batch.features().get(0), 0);
    for (int i = 0; i < disc.length; i++) {
      assertThat(turned.get(i)).isCloseTo(disc[i], within(0.35f));
    }
    assertThat(turned.get(10 * size + 10)).isEqualTo(8f);
  }

  @Test
  void rotationByNothingLeavesEveryBit() {
    assertThat(once(PLAIN, 4, new Rotate(0, 1), new Zoom(0, 1), new Shear(0, 1)))
        .isEqualTo(once(PLAIN, 4));
  }

  @Test
  void rotationTurnsAPointByNoMoreThanItMay() {
    int size = 41;
    float[] point = new float[size * size];
    point[20 * size + 38] = 1; // 18 to the right of the centre
    Encoding encoding = Batches.images(Scaling.NONE, 1, size, size);
    Set<Long> seen = new HashSet<>();
    for (int key = 0; key < 100; key++) {
      MiniBatch batch = Batches.augmented(encoding, key, List.of(new Rotate(30, 1)), point);
      List<Float> turned = Batches.row(batch.features().get(0), 0);
      double mass = 0;
      double up = 0;
      double right = 0;
      for (int i = 0; i < point.length; i++) {
        mass += turned.get(i);
        up += turned.get(i) * (20 - i / size);
        right += turned.get(i) * (i % size - 20);
      }
      double angle = Math.toDegrees(Math.atan2(up / mass, right / mass));
      assertThat(Math.hypot(up / mass, right / mass)).isCloseTo(18, within(0.6));
      assertThat(Math.abs(angle)).isLessThan(32);
      seen.add(Math.round(angle / 10));
    }
    assertThat(seen).contains(-3L, -2L, -1L, 0L, 1L, 2L, 3L);
  }

  @Test
  void zoomBringsTheBorderNearerOrFartherFromTheCentre() {
    int size = 41;
    float[] points = new float[size * size];
    points[20 * size + 30] = 1; // 10 to the right of the centre
    Encoding encoding = Batches.images(Scaling.NONE, 1, size, size);
    double least = 99;
    double most = 0;
    for (int key = 0; key < 100; key++) {
      MiniBatch batch = Batches.augmented(encoding, key, List.of(new Zoom(0.5, 1)), points);
      List<Float> zoomed = Batches.row(batch.features().get(0), 0);
      double mass = 0;
      double right = 0;
      for (int i = 0; i < points.length; i++) {
        mass += zoomed.get(i);
        right += zoomed.get(i) * (i % size - 20);
      }
      least = Math.min(least, right / mass);
      most = Math.max(most, right / mass);
    }
    assertThat(least).isBetween(4.4, 6.0);
    assertThat(most).isBetween(14.0, 15.6);
  }

  @Test
  void shearMovesRowsSidewaysByTheirDistanceFromTheCentre() {
    int size = 21;
    float[] line = new float[size * size];
    for (int y = 0; y < size; y++) {
      line[y * size + 10] = 1; // a line down the middle
    }
    Encoding encoding = Batches.images(Scaling.NONE, 1, size, size);
    double steepest = 0;
    for (int key = 0; key < 20; key++) {
      MiniBatch batch = Batches.augmented(encoding, key, List.of(new Shear(0.8, 1)), line);
      List<Float> sheared = Batches.row(batch.features().get(0), 0);
      double[] at = new double[size];
      for (int i = 0; i < line.length; i++) {
        at[i / size] += sheared.get(i) * (i % size - 10);
      }
      double slope = at[20] / 10;
      for (int y = 0; y < size; y++) {
        assertThat(at[y]).isCloseTo(slope * (y - 10), within(1e-4));
      }
      steepest = Math.max(steepest, Math.abs(slope));
    }
    assertThat(steepest).isBetween(0.6, 0.8);
  }

  /** A flip, a move and the flip back move in the other direction: the list's order is kept. */
  @Test
  void warpsAreDoneInTheirOrder() {
    Flip flip = new Flip(Flip.Axis.HORIZONTAL, 1);
    Affine map = new Affine();
    flip.draw(new io.evenstep.model.SplitMix64(1), map);
    map.joinMove(-1, 0); // what a shift to the right by 1 does
    flip.draw(new io.evenstep.model.SplitMix64(1), map);
    assertThat(map.x(0, 0)).isEqualTo(1); // to the left

    map.reset();
    flip.draw(new io.evenstep.model.SplitMix64(1), map);
    map.joinMove(-1, 0);
    assertThat(map.x(1, 0)).isEqualTo(0); // what was in the middle is now 1 to the right
    assertThat(map.x(0, 0)).isEqualTo(1); // and to its left is what was to its right
  }
}
