using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>A tiny model opened for training, in a folder of its own, with parameters that are not at rest.</summary>
internal sealed class TinyLora : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lora-");

    public TinyLora(TinyModelShape shape, LoraShape? lora = null, LoraModelSettings? settings = null, Func<string, string>? then = null)
    {
        var path = TinyModels.Write(folder.FullName, shape);
        Path = then?.Invoke(path) ?? path;
        Shape = lora ?? All();
        Model = LoraModel.Open(Path, Shape, settings ?? Exact);
    }

    /// <summary>Transposed weights in full precision, so that what is measured is the mathematics and not the rounding.</summary>
    public static LoraModelSettings Exact { get; } = new(Seed: 7) { TransposedType = TensorType.F32, SpareBytes = 1L << 30 };

    public string Path { get; }

    public string Folder => folder.FullName;

    public LoraShape Shape { get; }

    public LoraModel Model { get; }

    public static LoraShape All(int rank = 4, float dropout = 0) => new(rank, 2 * rank, dropout, LoraShape.Modules);

    /// <summary>Sequences of random tokens, of which some carry loss.</summary>
    public static TrainingBatch Batch(int sequences = 3, int length = 12, int seed = 5, int multiple = 8)
    {
        var random = new SeededRandom((ulong)seed);
        return TrainingBatch.Of([.. Enumerable.Range(0, sequences).Select(i => Example(random, length - i))], multiple);
    }

    public static TrainingExample Example(SeededRandom random, int length) =>
        new(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(TinyModels.Vocabulary))],
            [.. Enumerable.Range(0, length).Select(i => i > 2 && random.Next(3) > 0)]
        );

    /// <summary>B begins at 0, where A has no gradient: shake both.</summary>
    public TinyLora Shaken(int seed = 3, double deviation = 0.05)
    {
        var random = new SeededRandom((ulong)seed);
        foreach (var parameter in Model.Parameters)
        {
            for (var i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] += (float)(deviation * random.NextNormal());
            }
        }

        Model.Upload();
        return this;
    }

    public double Loss(TrainingBatch batch) => Model.Loss(batch, TestContext.Current.CancellationToken);

    public double AddGradients(TrainingBatch batch, float scale = 1, long dropoutSeed = 1) =>
        Model.AddGradients(batch, scale, dropoutSeed, TestContext.Current.CancellationToken);

    public ParityResult RequireParity(TrainingBatch batch, string? adapter = null, bool exact = false) =>
        ParityCheck.Require(Model, batch, adapter, exact, ct: TestContext.Current.CancellationToken);

    /// <summary>The parameters as the file of an adapter.</summary>
    public string WriteAdapter()
    {
        var path = System.IO.Path.Combine(Folder, "adapter.gguf");
        var facts = new AdapterFacts(Model.Architecture.Name, "tiny", "tiny", "", Shape.Rank, Shape.Alpha, Shape.TargetModules);
        AdapterFile.Write(
            path,
            facts,
            [
                .. Model.Parameters.Select(parameter => new AdapterTensor(
                    parameter.Name,
                    parameter.Columns,
                    parameter.Rows,
                    parameter.Values
                )),
            ]
        );
        return path;
    }

    public void ZeroGradients()
    {
        foreach (var parameter in Model.Parameters)
        {
            Array.Clear(parameter.Gradient);
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        folder.Delete(recursive: true);
    }
}
