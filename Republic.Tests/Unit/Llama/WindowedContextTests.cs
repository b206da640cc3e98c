using System.Numerics.Tensors;
using Republic.Core.Llama.Native;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>A model most of whose layers attend to 16 tokens alone; their cache holds 256 tokens of a context of 2,048.</summary>
public sealed class WindowedContextTests : IDisposable
{
    private const int Read = 600;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly LlamaModel model;
    private readonly ComputeThreads threads = new(1);

    public WindowedContextTests()
    {
        var path = TinyModels.Write(folder.FullName, TinyModelShape.Gemma3 with { ContextLength = 2048 });
        model = LlamaModel.Load(path, onCpu: true);
    }

    public void Dispose()
    {
        threads.Dispose();
        model.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_window_is_known() => Assert.Equal(16, model.Window);

    [Theory]
    [InlineData(Read)]
    [InlineData(Read - 1)]
    [InlineData(Read - 200)]
    public void A_sequence_goes_on_from_where_its_windows_are_still_held(int from)
    {
        using var context = Context();
        Evaluate(context, Tokens(0, Read));

        Assert.True(context.Forget(0, from));
        var goneOn = Evaluate(context, Tokens(from, 20, seed: 1), from);

        Assert.InRange(Distance(goneOn, Anew(from)), 0, 1e-3);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Read - 300)]
    public void What_left_the_windows_is_evaluated_anew(int from)
    {
        using var context = Context();
        Evaluate(context, Tokens(0, Read));

        Assert.False(context.Forget(0, from));
        Evaluate(context, Tokens(0, from));
        var again = Evaluate(context, Tokens(from, 20, seed: 1), from);

        Assert.InRange(Distance(again, Anew(from)), 0, 1e-3);
    }

    [Fact]
    public void A_sequence_can_always_be_forgotten_whole()
    {
        using var context = Context();
        Assert.True(context.Forget(0, 0));
        Evaluate(context, Tokens(0, Read));

        Assert.True(context.Forget(0, 0));
    }

    private float[] Anew(int from)
    {
        using var context = Context();
        Evaluate(context, Tokens(0, from));
        return Evaluate(context, Tokens(from, 20, seed: 1), from);
    }

    private LlamaContext Context() => new(model, new ContextShape(2048, Sequences: 2, Batch: 64), threads);

    private static int[] Tokens(int from, int count, int seed = 0) =>
        [.. Enumerable.Range(from, count).Select(i => 3 + (((i * 37) + (seed * 11)) % 250))];

    /// <returns>The logits of the last token.</returns>
    private static float[] Evaluate(LlamaContext context, int[] tokens, int from = 0)
    {
        using var batch = new TokenBatch(64);
        var last = 0;
        foreach (var part in tokens.Index().Chunk(64))
        {
            batch.Clear();
            foreach (var (i, token) in part)
            {
                last = batch.Add(token, from + i, 0, logits: i == tokens.Length - 1);
            }

            context.Decode(batch);
        }

        return context.Logits(last).ToArray();
    }

    private static float Distance(float[] one, float[] other) => TensorPrimitives.Distance(one, other) / TensorPrimitives.Norm(other);
}
