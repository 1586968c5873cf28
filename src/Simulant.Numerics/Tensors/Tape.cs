using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// Operations on tensors, carried out at once and noted in order, so that derivatives can be taken backwards through them. A
/// tape serves one thread; products use the <see cref="ParallelLoop"/> given. Results depend on no thread count.
/// </summary>
/// <remarks>
/// A training step: operations up to a loss, <see cref="Gradient(Tensor, ParameterStore)"/>, an optimiser's step,
/// <see cref="Reset"/>, which gives all memory back to the arena.
/// <code>
/// var store = new ParameterStore(new RandomStream(seed, "net"));
/// var net = new Mlp(store, "net", [inputs, 256, classes]);
/// var adam = new Adam(store);
/// using var tape = new Tape(loop: loop);
/// foreach (var batch in batches)
/// {
///     var logits = net.Apply(tape, tape.Constant(rows, inputs, batch.Values));
///     var loss = tape.Mean(tape.CrossEntropy(logits, batch.Classes));
///     tape.Gradient(loss, store);
///     adam.Step(1e-3f);
///     tape.Reset();
/// }
/// </code>
/// Derivatives of primitives are expressions on the same tape, so that with <c>createGraph</c> they can be differentiated
/// again; operations that say "first order" cannot. Broadcasting: a binary operation repeats a dimension of 1 along the other's.
/// What a row of a result depends on is its own row (but for batch norm and sums down): the same bits alone and in any batch.
/// Why tensors of our own, and one chain an output: docs/adr/0008-tensors-of-our-own.md.
/// </remarks>
public sealed partial class Tape : IDisposable
{
    /// <summary>
    /// What gradient of the loss an input has, given that of the output; null where it is zero everywhere.
    /// </summary>
    private delegate Tensor? Derivative(Tensor gradient, int input);

    /// <summary>
    /// Adds what gradient of the loss an input has to a span, or writes it where there is none yet: in one pass, where to make it
    /// and then to add it would be two. False where it does neither for that input.
    /// </summary>
    private delegate bool Accumulator(Tensor gradient, int input, Span<float> into, bool fresh);

    private readonly record struct Step(Tensor Output, Tensor[] Inputs, Derivative Derivative, Accumulator? Accumulator);

    private readonly Arena _arena;
    private readonly ParallelLoop _loop;
    private readonly List<Step> _steps = [];
    private readonly List<Tensor> _owned = [], _views = [];
    private bool _recording;

    /// <param name="arena">Shared by tapes that live one after the other; its own if null.</param>
    /// <param name="recording">False for inference: nothing is noted, and no gradient can be asked for.</param>
    public Tape(Arena? arena = null, ParallelLoop? loop = null, bool recording = true)
    {
        _arena = arena ?? new Arena();
        _loop = loop ?? ParallelLoop.Sequential;
        _recording = recording;
    }

    /// <summary>Operations noted so far.</summary>
    public int Count => _steps.Count;

    /// <summary>Forgets all operations and takes back the memory of all tensors made here.</summary>
    public void Reset()
    {
        foreach (var tensor in _owned)
        {
            _arena.Return(tensor.Data);
            tensor.Release();
        }
        foreach (var tensor in _views) tensor.Release();
        _owned.Clear();
        _views.Clear();
        _steps.Clear();
    }

    public void Dispose() => Reset();

    /// <summary>A tensor to be filled by the caller; its values are not set.</summary>
    public Tensor New(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        var made = new Tensor(rows, columns, _arena.Rent(checked(rows * columns)));
        _owned.Add(made);
        return made;
    }

    /// <summary>A tensor that holds a copy of the values.</summary>
    public Tensor Constant(int rows, int columns, ReadOnlySpan<float> values)
    {
        if (values.Length != (long)rows * columns) throw new ArgumentException($"{values.Length} values are not {rows} x {columns}");
        var made = New(rows, columns);
        values.CopyTo(made.Values);
        return made;
    }

    /// <summary>A tensor of one value throughout.</summary>
    public Tensor Full(int rows, int columns, float value)
    {
        var made = New(rows, columns);
        made.Values.Fill(value);
        return made;
    }

    /// <summary>The same values, through which no derivative is taken.</summary>
    public Tensor Detach(Tensor x) => View(x, x.Rows, x.Columns);

    /// <summary>The same memory under another shape; a copy of a parameter's, which outlives the tape and changes.</summary>
    private Tensor View(Tensor x, int rows, int columns)
    {
        if (x.Length != (long)rows * columns) throw new ArgumentException($"{x} is not {rows} x {columns}");
        if (x.IsParameter) return Constant(rows, columns, x.Values);
        var view = new Tensor(rows, columns, x.Data);
        _views.Add(view);
        return view;
    }

    /// <summary>
    /// Derivatives of the sum of <paramref name="of"/> by each of the tensors: leaves, parameters or results of operations.
    /// </summary>
    /// <param name="createGraph">Whether the derivatives are to be differentiated again.</param>
    /// <returns>In the order of <paramref name="by"/>, zeros where nothing depends on it.</returns>
    /// <exception cref="InvalidOperationException">createGraph over an operation of first order.</exception>
    public Tensor[] Gradient(Tensor of, IReadOnlyList<Tensor> by, bool createGraph = false)
    {
        var found = Backward(of, by, createGraph);
        return [.. by.Select((tensor, i) => found[i] ?? Full(tensor.Rows, tensor.Columns, 0))];
    }

    /// <summary>
    /// Writes the derivatives of the sum of <paramref name="of"/> by all trainable parameters to the store's gradients.
    /// </summary>
    public void Gradient(Tensor of, ParameterStore store)
    {
        Tensor[] by = [.. store.Parameters.Where(p => p.Trainable).Select(p => p.Tensor)];
        var sums = new GradientSums(store);
        var found = Backward(of, by, false, sums);
        for (int i = 0; i < by.Length; i++)
            if (found[i] is { } gradient) sums.Add(by[i], gradient);
        sums.ClearOthers();
    }

    private Tensor?[] Backward(Tensor of, IReadOnlyList<Tensor> by, bool createGraph, GradientSums? sums = null)
    {
        int last = PlaceOf(of);
        bool before = _recording;
        var leaves = new Dictionary<Tensor, Tensor?>();
        foreach (var tensor in by) leaves[tensor] = null;
        if (last < 0)
        {
            if (!before) throw new InvalidOperationException("a tape that does not record has no gradients");
            return [.. by.Select(tensor => tensor == of ? Full(of.Rows, of.Columns, 1) : null)];
        }
        bool[] wanted = Wanted(last, leaves);
        var gradients = new Tensor?[last + 1];
        gradients[last] = Full(of.Rows, of.Columns, 1);
        _recording = createGraph;
        try
        {
            for (int s = last; s >= 0; s--)
            {
                if (gradients[s] is not { } gradient || !wanted[s]) continue;
                var step = _steps[s];
                for (int i = 0; i < step.Inputs.Length; i++)
                {
                    var input = step.Inputs[i];
                    int place = PlaceOf(input);
                    if (place < 0 ? !leaves.ContainsKey(input) : !wanted[place]) continue;
                    if (sums is not null && sums.Has(input))
                    {
                        if (step.Accumulator?.Invoke(gradient, i, sums.Of(input, out bool fresh), fresh) == true) sums.Note(input);
                        else if (step.Derivative(gradient, i) is { } whole) sums.Add(input, whole);
                        continue;
                    }
                    if (step.Derivative(gradient, i) is not { } part) continue;
                    if (place < 0) leaves[input] = leaves[input] is { } sum ? Add(sum, part) : part;
                    else gradients[place] = gradients[place] is { } sum ? Add(sum, part) : part;
                }
            }
        }
        finally
        {
            _recording = before;
        }
        return [.. by.Select(tensor => PlaceOf(tensor) is >= 0 and var place ? place <= last ? gradients[place] : null : leaves[tensor])];
    }

    /// <summary>Which operation of this tape made the tensor; -1 for none.</summary>
    private int PlaceOf(Tensor tensor) =>
        (uint)tensor.Entry < (uint)_steps.Count && ReferenceEquals(_steps[tensor.Entry].Output, tensor) ? tensor.Entry : -1;

    /// <summary>Which operations lie between the tensors asked for and the result.</summary>
    private bool[] Wanted(int last, Dictionary<Tensor, Tensor?> asked)
    {
        bool[] wanted = new bool[last + 1];
        for (int s = 0; s <= last; s++)
        {
            var step = _steps[s];
            wanted[s] = asked.ContainsKey(step.Output);
            for (int i = 0; i < step.Inputs.Length && !wanted[s]; i++)
            {
                var input = step.Inputs[i];
                wanted[s] = PlaceOf(input) is >= 0 and var place ? wanted[place] : asked.ContainsKey(input);
            }
        }
        return wanted;
    }

    /// <summary>Notes an operation.</summary>
    /// <param name="accumulator">The derivative again, if it can be added to a parameter's gradient in one pass.</param>
    private Tensor Record(Tensor output, Tensor[] inputs, Derivative derivative, Accumulator? accumulator = null)
    {
        if (!_recording) return output;
        output.Entry = _steps.Count;
        _steps.Add(new Step(output, inputs, derivative, accumulator));
        return output;
    }

    /// <summary>For derivatives written by hand: they cannot be differentiated again.</summary>
    private void FirstOrder(string operation)
    {
        if (_recording) throw new InvalidOperationException($"{operation} has no second derivative; leave it out of the graph");
    }

    private Tensor Unary<T>(Tensor x, T of) where T : struct, IUnary
    {
        var y = New(x.Rows, x.Columns);
        Map.Run(of, x.Values, y.Values);
        return y;
    }

    private Tensor Binary<T>(Tensor x, Tensor y, T of) where T : struct, IBinary
    {
        int rows = Common(x.Rows, y.Rows, x, y), columns = Common(x.Columns, y.Columns, x, y);
        var made = New(rows, columns);
        Map.Broadcast(of, x, y, made);
        return made;
    }

    private static int Common(int a, int b, Tensor x, Tensor y) => a == b || b == 1 ? a : a == 1 ? b
        : throw new ArgumentException($"{x} and {y} do not fit: each dimension must be equal, or 1 in one of them");

    private static void SameShape(Tensor x, Tensor y)
    {
        if (x.Rows != y.Rows || x.Columns != y.Columns) throw new ArgumentException($"{x} and {y} must have one shape");
    }
}
