package io.evenstep.driver.plot;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.WholeFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes figures as PNG, with two pixels per point, and as SVG. */
public final class FigureFiles {
  private static final int PIXELS_PER_POINT = 2;

  private FigureFiles() {}

  /**
   * Writes {@code name.png} and {@code name.svg}, each completely or not at all.
   *
   * @return the two files
   * @throws ConfigException when this Java cannot draw text
   * @throws io.evenstep.model.StorageException when the file system fails
   */
  public static List<Path> write(FileSystem files, Path folder, String name, Figure figure) {
    return List.of(
        write(files, new Path(folder, name + ".png"), png(figure)),
        write(files, new Path(folder, name + ".svg"), svg(figure)));
  }

  private static Path write(FileSystem files, Path file, byte[] bytes) {
    try {
      WholeFile.write(files, file, out -> out.write(bytes));
      return file;
    } catch (IOException e) {
      throw FileFault.of("Cannot write", file, e);
    }
  }

  /**
   * A picture of pixels.
   *
   * @throws ConfigException when this Java cannot draw text
   */
  public static byte[] png(Figure figure) {
    requireFonts();
    BufferedImage image =
        new BufferedImage(
            PIXELS_PER_POINT * figure.width(),
            PIXELS_PER_POINT * figure.height(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
    paint(figure, pen);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes what is written", e);
    }
    return bytes.toByteArray();
  }

  /** Makes a vector picture. It contains pixels only where the figure itself does. */
  static byte[] svg(Figure figure) {
    VectorGraphics2D pen = new VectorGraphics2D();
    paint(figure, pen);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Processors.get("svg")
          .getDocument(pen.getCommands(), new PageSize(0, 0, figure.width(), figure.height()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes what is written", e);
    }
    return bytes.toByteArray();
  }

  private static void paint(Figure figure, Graphics2D pen) {
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, figure.width(), figure.height());
    figure.paint(pen);
  }

  /** Java without fonts, as in a slim container, fails in many ways. */
  private static void requireFonts() {
    try {
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
          .createGraphics()
          .getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
          .stringWidth("a");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new ConfigException(
          "Cannot draw text: this Java finds no fonts; install fontconfig and a font, such as"
              + " fonts-dejavu-core",
          e);
    }
  }
}
