package io.evenstep.driver.attack;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import io.evenstep.driver.plot.run.InputImage;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.engine.Attack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images beside their noise and their attacked copies, with what the network reads in them. */
final class AttackedImages {
  private static final int IMAGES = 4;

  private final AttackedRows rows;
  private final Encoding encoding;
  private final Attack attack;
  private final List<Tile> tiles = new ArrayList<>();

  private AttackedImages(AttackedRows rows, Encoding encoding, Attack attack) {
    this.rows = rows;
    this.encoding = encoding;
    this.attack = attack;
  }

  /**
   * The first rows that the attack turns from right to wrong; if there is none, the first that are
   * right. Empty if rows are no images or all are wrong.
   */
  static Optional<Figure> of(AttackedRows rows, Encoding encoding, Attack attack) {
    List<Integer> image = InputImage.of(encoding.inputs().get(0));
    if (image.isEmpty() || encoding.inputs().size() != 1) {
      return Optional.empty();
    }
    AttackedImages images = new AttackedImages(rows, encoding, attack);
    images.draw(image);
    String title = "Read as, before and after an attack of " + AttackCurve.brief(attack.epsilon());
    return images.tiles.isEmpty()
        ? Optional.empty()
        : Optional.of(new TileFigure(title, images.tiles, TileFigure.Shades.GREY, 6));
  }

  private void draw(List<Integer> image) {
    List<Integer> before = rows.predicted(Attack.NONE);
    List<Integer> after = rows.predicted(attack);
    INDArray clean = rows.features();
    INDArray attacked = rows.attacked(attack);
    for (int row : shown(before, after)) {
      INDArray from = clean.slice(row).dup('c');
      INDArray to = attacked.slice(row).dup('c');
      add(encoding.classes().get(before.get(row)), from, image);
      add("noise", to.sub(from), image);
      add(encoding.classes().get(after.get(row)), to, image);
    }
  }

  private List<Integer> shown(List<Integer> before, List<Integer> after) {
    List<Integer> right =
        IntStream.range(0, rows.count())
            .filter(row -> before.get(row) == rows.classOf(row))
            .boxed()
            .toList();
    List<Integer> turned =
        right.stream().filter(row -> !after.get(row).equals(before.get(row))).toList();
    return (turned.isEmpty() ? right : turned).stream().limit(IMAGES).toList();
  }

  private void add(String caption, INDArray numbers, List<Integer> image) {
    float[] plain = numbers.reshape(numbers.length()).toFloatVector();
    tiles.add(new Tile(caption, plain, image.get(0), image.get(1), image.get(2)));
  }
}
