package io.evenstep.model.engine.step.op;

/** An activation in Java, element by element, that oneDNN lacks. */
public interface Curve {
  /** x / (1 + |x|). */
  Curve SOFT_SIGN =
      new Curve() {
        @Override
        public float of(float x) {
          return x / (1 + Math.abs(x));
        }

        @Override
        public float slope(float x) {
          float under = 1 + Math.abs(x);
          return 1 / (under * under);
        }
      };

  /** 1 from 0 on, else 0. */
  Curve STEP =
      new Curve() {
        @Override
        public float of(float x) {
          return x >= 0 ? 1 : 0;
        }

        @Override
        public float slope(float x) {
          return 0;
        }
      };

  /** x cubed. */
  Curve CUBE =
      new Curve() {
        @Override
        public float of(float x) {
          return x * x * x;
        }

        @Override
        public float slope(float x) {
          return 3 * x * x;
        }
      };

  /** 1.7159 tanh(2 x / 3) by a ratio of polynomials, as in ND4J. */
  Curve RATIONAL_TANH =
      new Curve() {
        private static final float HIGH = 1.7159f;
        private static final float INNER = 2f / 3;
        private static final float FOURTH = 1.41645f; // factor of the fourth power of x

        @Override
        public float of(float x) {
          return HIGH * Math.signum(x) * (1 - 1 / under(Math.abs(INNER * x)));
        }

        @Override
        public float slope(float x) {
          float y = Math.abs(INNER * x);
          float under = under(y);
          return HIGH * INNER * (1 + 2 * y + 4 * FOURTH * y * y * y) / (under * under);
        }

        private static float under(float y) {
          float square = y * y;
          return 1 + y + square + FOURTH * square * square;
        }
      };

  /** x where it is above a threshold, else 0. The threshold is at least 0. */
  static Curve above(float threshold) {
    return new Curve() {
      @Override
      public float of(float x) {
        return x > threshold ? x : 0;
      }

      @Override
      public float slope(float x) {
        return x > threshold ? 1 : 0;
      }
    };
  }

  /** The function's value. */
  float of(float x);

  /** Its derivative. */
  float slope(float x);
}
