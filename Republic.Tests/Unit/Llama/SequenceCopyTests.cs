using Republic.Core.Llama.Native;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>What a sequence remembers is moved to another one bit by bit: both go on as one that had read it itself.</summary>
public sealed class SequenceCopyTests : IDisposable
{
    private const int Read = 400;
    private const int Cut = 300;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly LlamaModel model = LlamaModel.Load(GgufMutations.SproutPath, onCpu: true);
    private readonly ComputeThreads threads = new(1);
    private readonly LoraAdapter adapter;

    public SequenceCopyTests() =>
        adapter = LoraAdapter.Load(model, TinyAdapters.Write(folder.FullName, "first", GgufMutations.SproutPath, 1));

    public void Dispose()
    {
        adapter.Dispose();
        threads.Dispose();
        model.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_goes_on_as_its_source_does(bool adapted)
    {
        using var context = Context(adapted);
        Evaluate(context, 0, 0, Read);

        context.Copy(0, 1);
        Assert.True(context.IsCopying);
        Assert.True(context.Forget(1, Cut));

        Assert.Equal(Reference(adapted), Evaluate(context, 1, Cut, Cut + 20));
        Assert.False(context.IsCopying);
        Assert.True(context.Forget(0, Cut));
        Assert.Equal(Reference(adapted), Evaluate(context, 0, Cut, Cut + 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_saved_is_restored_into_any_sequence(bool adapted)
    {
        using var context = Context(adapted);
        Evaluate(context, 0, 0, Read);
        var state = context.Save(0, long.MaxValue)!;
        Evaluate(context, 0, Read, Read + 50);
        Evaluate(context, 1, 0, 30);

        Assert.True(context.Restore(1, state));
        Assert.True(context.Forget(1, Cut));

        Assert.Equal(Reference(adapted), Evaluate(context, 1, Cut, Cut + 20));
    }

    [Fact]
    public void Nothing_is_saved_or_restored_before_a_copy_was_carried_out_and_nothing_above_the_limit()
    {
        using var context = Context(adapted: false);
        Evaluate(context, 0, 0, Read);
        var state = context.Save(0, long.MaxValue)!;
        Assert.Null(context.Save(0, state.Length - 1));
        context.Copy(0, 1);

        Assert.Null(context.Save(0, long.MaxValue));
        Assert.False(context.Restore(0, state));
    }

    private float[] Reference(bool adapted)
    {
        using var context = Context(adapted);
        Evaluate(context, 0, 0, Read);
        Assert.True(context.Forget(0, Cut));
        return Evaluate(context, 0, Cut, Cut + 20);
    }

    private LlamaContext Context(bool adapted)
    {
        var context = new LlamaContext(model, new ContextShape(2048, 2, Batch: 512), threads);
        if (adapted)
        {
            context.Use(new AdapterSet([(adapter, 1f)]));
        }

        return context;
    }

    /// <summary>The logits after the last of these tokens.</summary>
    private static float[] Evaluate(LlamaContext context, int sequence, int from, int to)
    {
        using var batch = new TokenBatch(512);
        var last = 0;
        for (var position = from; position < to; position++)
        {
            last = batch.Add(2 + (position * 31 % 200), position, sequence, position == to - 1);
        }

        context.Decode(batch);
        return context.Logits(last).ToArray();
    }
}
