package io.evenstep.model.augment.pixel;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of a batch on the heap while they are augmented. The memory is reused from batch to
 * batch.
 */
public final class BatchRows {
  private final int input;
  private final InputLayout layout;
  private final Optional<Image> image;
  private final Table features;
  private final List<Table> labels; // [output], empty when labels do not change
  private int count;

  /**
   * Allocates memory for rows.
   *
   * @param input index of the augmented input, which has {@code layout}
   * @param labelWidths numbers per row of each output; empty when labels do not change
   */
  public BatchRows(int input, InputLayout layout, List<Integer> labelWidths) {
    this.input = input;
    this.layout = layout;
    this.image = layout.isImage() ? Optional.of(new Image(layout)) : Optional.empty();
    this.features = new Table(layout.width());
    this.labels = labelWidths.stream().map(Table::new).toList();
  }

  public void load(MiniBatch batch) {
    count = batch.rows();
    features.load(batch.features().get(input), count);
    for (int i = 0; i < labels.size(); i++) {
      labels.get(i).load(batch.labels().get(i), count);
    }
  }

  public void store(MiniBatch batch) {
    features.store(batch.features().get(input), count);
    for (int i = 0; i < labels.size(); i++) {
      labels.get(i).store(batch.labels().get(i), count);
    }
  }

  public int count() {
    return count;
  }

  public InputLayout layout() {
    return layout;
  }

  /** [count, width], followed by unused space. */
  public float[] features() {
    return features.values();
  }

  /** Passes each image to {@code change} with a probability. */
  public void eachImage(double probability, SplitMix64 random, Consumer<Image> change) {
    for (int row = 0; row < count; row++) {
      if (random.uniform() < probability) {
        image(row, change);
      }
    }
  }

  /** A change of a row that also takes another row. */
  @FunctionalInterface
  public interface PairChange {
    void apply(int row, int other);
  }

  /**
   * Passes each row and its partner to {@code change} with a probability. Each row is the partner
   * of exactly one row.
   */
  public void eachPair(double probability, SplitMix64 random, PairChange change) {
    int[] partners = random.permutation(count);
    keepCopy();
    for (int row = 0; row < count; row++) {
      if (random.uniform() < probability) {
        change.apply(row, partners[row]);
      }
    }
  }

  /** Passes one image to {@code change}. */
  public void image(int row, Consumer<Image> change) {
    Image shared = image.orElseThrow();
    int at = row * layout.width();
    shared.load(features.values(), at);
    change.accept(shared);
    shared.store(features.values(), at);
  }

  /** Saves a copy of the rows, which {@link #mix} and {@link #paste} read. */
  private void keepCopy() {
    features.keepCopy();
    labels.forEach(Table::keepCopy);
  }

  /**
   * Replaces a row, label included, by {@code weight} times itself plus {@code 1 - weight} times
   * another.
   */
  public void mix(int row, int other, float weight) {
    features.mix(row, other, weight);
    labels.forEach(table -> table.mix(row, other, weight));
  }

  /** Pastes a rectangle of another row's image, and mixes the labels in proportion to the areas. */
  public void paste(int row, int other, int top, int bottom, int left, int right) {
    int plane = layout.height() * layout.columns();
    for (int channel = 0; channel < layout.channels(); channel++) {
      for (int y = top; y < bottom; y++) {
        int line = channel * plane + y * layout.columns();
        features.paste(row, other, line + left, line + right);
      }
    }
    float stays = 1 - (float) (bottom - top) * (right - left) / plane;
    labels.forEach(table -> table.mix(row, other, stays));
  }
}
