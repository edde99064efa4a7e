package io.evenstep.model.data;

import io.evenstep.model.Reason;
import io.evenstep.model.data.cell.InvalidValueException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Image files as planes of bytes, channel after channel. */
public final class Images8 {
  /** Most pixels that an image may have. */
  private static final long MOST_PIXELS = 100_000_000;

  private Images8() {}

  /**
   * The image's own [channels, height, width]; one channel for grey, three for colour.
   *
   * @throws InvalidValueException when the file is not a readable image
   */
  public static List<Long> shape(byte[] file) throws InvalidValueException {
    BufferedImage image = read(file);
    long channels = isGrey(image) ? 1 : 3;
    return List.of(channels, (long) image.getHeight(), (long) image.getWidth());
  }

  /**
   * Reads a PNG or JPEG file and brings it to a shape; transparency is ignored.
   *
   * @param shape [channels, height, width], with 1 or 3 channels
   * @return the pixels, 0 to 255, channel after channel
   * @throws InvalidValueException when the file is not a readable image
   */
  public static byte[] decode(byte[] file, List<Long> shape) throws InvalidValueException {
    BufferedImage image = read(file);
    int channels = Math.toIntExact(shape.get(0));
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    byte[] planes = isGrey(image) ? grey(image, channels) : colour(image, channels);
    PlaneResizer resizer = new PlaneResizer(image.getHeight(), image.getWidth(), height, width);
    byte[] out = new byte[channels * height * width];
    for (int channel = 0; channel < channels; channel++) {
      resizer.resize(planes, channel, out, channel);
    }
    return out;
  }

  private static BufferedImage read(byte[] file) throws InvalidValueException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidValueException(
            "must be a PNG or JPEG image", file.length + " bytes of something else");
      }
      return read(readers.next(), in);
    } catch (IOException | RuntimeException e) { // ImageIO's readers throw both for bad files
      throw new InvalidValueException("must be a readable image", Reason.of(e));
    }
  }

  /** A small file may claim any number of pixels. */
  private static BufferedImage read(ImageReader reader, ImageInputStream in)
      throws IOException, InvalidValueException {
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new InvalidValueException(
            "must have at most " + MOST_PIXELS + " pixels",
            reader.getWidth(0) + " by " + reader.getHeight(0));
      }
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** Reads grey samples raw: getRGB would apply a gamma curve to them. */
  private static boolean isGrey(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return !(model instanceof IndexColorModel) && model.getNumColorComponents() == 1;
  }

  private static byte[] grey(BufferedImage image, int channels) {
    int plane = image.getHeight() * image.getWidth();
    int shift = Math.max(0, image.getSampleModel().getSampleSize(0) - 8);
    int[] samples =
        image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] planes = new byte[channels * plane];
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < channels; channel++) {
        planes[channel * plane + i] = (byte) (samples[i] >> shift);
      }
    }
    return planes;
  }

  private static byte[] colour(BufferedImage image, int channels) {
    int plane = image.getHeight() * image.getWidth();
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] planes = new byte[channels * plane];
    for (int i = 0; i < plane; i++) {
      int red = rgb[i] >> 16 & 0xff;
      int green = rgb[i] >> 8 & 0xff;
      int blue = rgb[i] & 0xff;
      if (channels == 1) { // ITU-R BT.601 luma
        planes[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
      } else {
        planes[i] = (byte) red;
        planes[plane + i] = (byte) green;
        planes[2 * plane + i] = (byte) blue;
      }
    }
    return planes;
  }
}
