using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Sensors;

/// <summary>
/// What three gyroscopes, or three accelerometers, add to the truth (IEEE Std 952-1997, annex C). Units: u is rad/s or m/s2.
/// </summary>
public sealed record InertialErrors
{
    /// <summary>N, random walk of the integral: white noise of so many u a root hertz.</summary>
    public double Noise { get; init; }

    /// <summary>K, rate random walk: u a root second that the bias wanders.</summary>
    public double Walk { get; init; }

    /// <summary>Standard deviation of a bias that comes and goes (first-order Gauss-Markov), u.</summary>
    public double Drift { get; init; }

    /// <summary>Its correlation time, seconds.</summary>
    public double Correlation { get; init; } = 100;

    /// <summary>Standard deviation of the bias at switching on, u.</summary>
    public double Bias { get; init; }

    /// <summary>Standard deviation of each axis' scale, as a part.</summary>
    public double Scale { get; init; }

    /// <summary>Standard deviation of the angles by which an axis leans towards each other one, radians.</summary>
    public double Lean { get; init; }

    /// <summary>Readings are held within this, either way, u.</summary>
    public double Range { get; init; } = double.PositiveInfinity;

    /// <summary>Readings are whole multiples of this, u; 0 for any.</summary>
    public double Step { get; init; }

    internal bool Holds => Noise >= 0 && Walk >= 0 && Drift >= 0 && Correlation > 0 && Bias >= 0 && Scale >= 0 && Lean >= 0 && Range > 0
        && Step >= 0 && double.IsFinite(Noise + Walk + Drift + Correlation + Bias + Scale + Lean + Step);
}

/// <param name="Time">Seconds.</param>
/// <param name="Spin">Angular rate about the sensor's axes, rad/s.</param>
/// <param name="Force">Specific force along them, m/s2: at rest it is gravity's opposite.</param>
public readonly record struct ImuReading(double Time, Triple Spin, Triple Force);

/// <summary>
/// An inertial measurement unit on a body that follows a trajectory: rates and specific forces by differentiating the way it went, with
/// errors added. Sensor axes are the trajectory's body axes; the world's y is up.
/// </summary>
public sealed record Imu
{
    /// <summary>m/s2, standard gravity.</summary>
    public const double Gravity = 9.80665;

    /// <summary>Readings a second, above 0 to 100,000.</summary>
    public double Rate { get; init; } = 200;

    public InertialErrors Gyroscope { get; init; } = new();

    public InertialErrors Accelerometer { get; init; } = new();

    /// <summary>Of a phone's kind: about what makers of cheap chips state.</summary>
    public static Imu Consumer { get; } = new()
    {
        Gyroscope = new() { Noise = 1.2e-4, Walk = 4e-6, Drift = 4e-5, Bias = 5e-3, Scale = 5e-3, Lean = 2e-3, Range = 35 },
        Accelerometer = new() { Noise = 1.5e-3, Walk = 2e-5, Drift = 4e-4, Bias = 0.1, Scale = 5e-3, Lean = 2e-3, Range = 157 },
    };

    /// <summary>Readings from the trajectory's start to its end.</summary>
    /// <param name="unit">Tells sensors of one run apart.</param>
    /// <exception cref="ArgumentException">The rate or the errors cannot be.</exception>
    public ImuReading[] Read(Trajectory way, RunContext run, int unit = 0)
    {
        if (!(Rate > 0 && Rate <= 1e5)) throw new ArgumentException($"{Rate} readings a second are not above 0 to 100,000");
        if (!Gyroscope.Holds || !Accelerometer.Holds)
            throw new ArgumentException("errors of an inertial sensor are 0 or more, times above 0");
        var readings = new ImuReading[checked((int)Math.Floor((way.End - way.Start) * Rate + 1e-9) + 1)];
        var (spin, force) = (new ErrorState(Gyroscope, run.Seed, "scenes/gyroscope", unit, Rate), new ErrorState(Accelerometer, run.Seed,
            "scenes/accelerometer", unit, Rate));
        for (int i = 0; i < readings.Length; i++)
        {
            if ((i & 1023) == 0) run.Cancel.ThrowIfCancellationRequested();
            double time = way.Start + i / Rate;
            var felt = way.Facing(time).Back.Direction(way.Acceleration(time) + new Triple(0, Gravity, 0));
            readings[i] = new(time, spin.Next(way.Spin(time), i), force.Next(felt, i));
        }
        return readings;
    }

    /// <summary>
    /// Errors of three axes, reading after reading: their random numbers have addresses, their walks are sums from the first.
    /// </summary>
    private sealed class ErrorState
    {
        private readonly InertialErrors _errors;
        private readonly RandomStream _stream;
        private readonly long _unit;
        private readonly double _rate, _keep, _fresh;
        private readonly double[] _bias = new double[3], _drift = new double[3], _matrix = new double[9];

        public ErrorState(InertialErrors errors, ulong seed, string name, int unit, double rate)
        {
            (_errors, _stream, _unit, _rate) = (errors, new(seed, name), (long)unit << 40, rate);
            _keep = Math.Exp(-1 / (rate * errors.Correlation));
            _fresh = errors.Drift * Math.Sqrt(1 - _keep * _keep);
            for (int axis = 0; axis < 3; axis++)
            {
                _bias[axis] = errors.Bias * _stream.Normal(_unit, 9, axis);
                _drift[axis] = errors.Drift * _stream.Normal(_unit, 10, axis);
                for (int other = 0; other < 3; other++)
                    _matrix[3 * axis + other] = axis == other ? 1 + errors.Scale * _stream.Normal(_unit, 11, axis)
                        : errors.Lean * _stream.Normal(_unit, 12, 3 * axis + other);
            }
        }

        public Triple Next(Triple truth, int index)
        {
            Span<double> read = stackalloc double[3];
            for (int axis = 0; axis < 3; axis++)
            {
                double value = _matrix[3 * axis] * truth.X + _matrix[3 * axis + 1] * truth.Y + _matrix[3 * axis + 2] * truth.Z;
                if (index > 0)
                {
                    if (_errors.Walk > 0) _bias[axis] += _errors.Walk / Math.Sqrt(_rate) * _stream.Normal(_unit + index, 3 + axis);
                    if (_errors.Drift > 0) _drift[axis] = _keep * _drift[axis] + _fresh * _stream.Normal(_unit + index, 6 + axis);
                }
                value += _bias[axis] + _drift[axis];
                if (_errors.Noise > 0) value += _errors.Noise * Math.Sqrt(_rate) * _stream.Normal(_unit + index, axis);
                if (_errors.Step > 0) value = Math.Round(value / _errors.Step) * _errors.Step;
                read[axis] = Math.Clamp(value, -_errors.Range, _errors.Range);
            }
            return new(read[0], read[1], read[2]);
        }
    }
}
