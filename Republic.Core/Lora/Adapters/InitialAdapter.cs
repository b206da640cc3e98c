using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Republic.Core.Llama.Gguf;

namespace Republic.Core.Lora.Adapters;

/// <summary>The weights that a run begins with where it goes on from an earlier one: A and B as that run left them.</summary>
internal sealed class InitialAdapter
{
    private readonly GgufFile file;

    private InitialAdapter(string path, GgufFile file)
    {
        (Path, this.file) = (path, file);
        Sha256 = GgufHash.Of(path);
    }

    public string Path { get; }

    /// <summary>The hash of the file: a run that began with other weights is another run.</summary>
    public string Sha256 { get; }

    /// <summary>Reads and checks the header of the adapter, before anything costs time.</summary>
    /// <param name="baseSha256">Of the model at <paramref name="modelPath"/>.</param>
    /// <param name="shape">Of the run.</param>
    /// <exception cref="LoraException">It is of another base or shape, or was not made here; the message says what differs.</exception>
    public static InitialAdapter Open(string path, string modelPath, string baseSha256, LoraShape shape)
    {
        try
        {
            var adapter = GgufReader.Read(path);
            AdapterCheck.Check(adapter, GgufReader.Read(modelPath));
            var facts = AdapterFile.Read(path);
            facts.RefuseAnotherBase(baseSha256, System.IO.Path.GetFileName(modelPath));
            RefuseAnotherShape(path, facts, shape);
            return new InitialAdapter(path, adapter);
        }
        catch (GgufException e)
        {
            throw new LoraException($"The run cannot begin with the weights in {System.IO.Path.GetFileName(path)}. {e.Message}", e);
        }
    }

    /// <summary>Copies the adapter's numbers into the parameters, which must be uploaded afterwards.</summary>
    /// <returns>Copies of them, in the order of the parameters.</returns>
    /// <exception cref="LoraException">The file does not hold just these parameters, in 32 bits.</exception>
    public IReadOnlyList<float[]> Fill(IReadOnlyList<LoraParameter> parameters)
    {
        var tensors = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        using var stream = File.OpenRead(Path);
        foreach (var parameter in parameters)
        {
            if (
                !tensors.Remove(parameter.Name, out var tensor)
                || !tensor.Shape.SequenceEqual([parameter.Columns, parameter.Rows])
                || tensor.Type != GgufType.F32
            )
            {
                throw NotOurs(Path, $"{parameter.Name} is not there as {parameter.Columns} x {parameter.Rows} numbers of 32 bits.");
            }

            stream.Position = file.DataStart + tensor.Offset;
            stream.ReadExactly(MemoryMarshal.AsBytes(parameter.Values.AsSpan()));
            if (!float.IsFinite(TensorPrimitives.MaxMagnitude<float>(parameter.Values)))
            {
                throw NotOurs(Path, $"{parameter.Name} holds values that are not numbers (NaN or infinite).");
            }
        }

        return tensors.Count == 0
            ? [.. parameters.Select(parameter => parameter.Values.ToArray())]
            : throw NotOurs(Path, $"It changes {tensors.Keys.First()} too.");
    }

    private static void RefuseAnotherShape(string path, AdapterFacts facts, LoraShape shape)
    {
        if (facts.Modules.Count == 0)
        {
            throw NotOurs(path, "It does not say which modules it changes.");
        }

        var difference =
            facts.Rank != shape.Rank ? FormattableString.Invariant($"of rank {facts.Rank}, and the run is of rank {shape.Rank}")
            : !facts.Alpha.Equals(shape.Alpha)
                ? FormattableString.Invariant($"of alpha {facts.Alpha}, and the run is of alpha {shape.Alpha}")
            : !shape.TargetModules.ToHashSet().SetEquals(facts.Modules)
                ? $"of the modules {string.Join(' ', facts.Modules)}, and the run is of {string.Join(' ', shape.TargetModules)}"
            : null;
        if (difference is not null)
        {
            throw new LoraException(
                $"The adapter that the run begins with is {difference}. Give the run the adapter's own, or begin from the base."
            );
        }
    }

    private static LoraException NotOurs(string path, string why) =>
        new(
            $"The run cannot begin with the weights in {System.IO.Path.GetFileName(path)}. {why} A run can go on only from adapters that were trained here."
        );
}
