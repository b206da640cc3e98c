using FsCheck;
using FsCheck.Fluent;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama.Memory;

/// <summary>What holds for models and contexts of any shape, and for headers that lie.</summary>
public sealed class AnyPlanTests
{
    private static readonly string[] Architectures =
    [
        "llama",
        "gemma3",
        "gemma4",
        "qwen35",
        "jamba",
        "falcon-h1",
        "rwkv6",
        "lfm2",
        "kimi-linear",
        "deepseek2",
        "new",
    ];
    private static readonly string[] Keys =
    [
        "block_count",
        "embedding_length",
        "context_length",
        "feed_forward_length",
        "expert_count",
        "expert_used_count",
        "expert_feed_forward_length",
        "nextn_predict_layers",
        "full_attention_interval",
        "token_shift_count",
        "attention.head_count",
        "attention.head_count_kv",
        "attention.key_length",
        "attention.value_length",
        "attention.key_length_mla",
        "attention.value_length_mla",
        "attention.key_length_swa",
        "attention.sliding_window",
        "attention.sliding_window_pattern",
        "attention.shared_kv_layers",
        "attention.recurrent_layers",
        "ssm.conv_kernel",
        "ssm.inner_size",
        "ssm.state_size",
        "ssm.group_count",
        "wkv.head_size",
        "shortconv.l_cache",
        "kda.head_dim",
    ];
    private static readonly long[] Extremes =
    [
        long.MinValue,
        -(1L << 31),
        -1,
        0,
        1,
        2,
        3,
        4,
        8,
        255,
        512,
        4096,
        8192,
        65_536,
        1 << 18,
        1 << 20,
        1 << 28,
        int.MaxValue,
        uint.MaxValue,
        1L << 40,
        1L << 62,
        long.MaxValue,
    ];

    private static Gen<LayerShape> AnyLayer =>
        from heads in Gen.Elements(0, 1, 2, 8)
        from length in Gen.Elements(32, 64, 96, 128)
        from values in Gen.Elements(0, 64, 128)
        from window in Gen.Elements(0L, 0, 100, 1024)
        from state in Gen.Elements(0L, 0, 4096)
        select new LayerShape(heads, length, values)
        {
            Window = window,
            StateBytes = state,
            WeightBytes = 1 << 20,
        };

    private static Gen<ContextPlan> AnyPlan =>
        from layers in AnyLayer.NonEmptyListOf()
        from headLength in Gen.Elements(32, 128)
        from length in Gen.Choose(1, 100_000)
        from sequences in Gen.Choose(1, 64)
        from keys in Gen.Elements<CacheType>([.. CacheType.All])
        from values in Gen.Elements<CacheType>([.. CacheType.All])
        select new ContextPlan(
            new ModelShape
            {
                Architecture = "llama",
                ContextLength = 1 << 17,
                EmbeddingLength = 1024,
                FeedForwardLength = 4096,
                HeadLength = headLength,
                Heads = 8,
                Vocabulary = 32_000,
                Layers = [.. layers],
            },
            new ContextSettings(length, sequences) { Keys = keys, Values = values }
        );

    [Fact]
    public void A_need_grows_with_context_sequences_and_bits() =>
        Check(
            AnyPlan,
            plan =>
            {
                var settings = plan.Settings;
                ContextPlan With(ContextSettings other) => plan with { Settings = other };
                ContextPlan[] smaller =
                [
                    With(settings with { Length = (settings.Length + 1) / 2 }),
                    With(settings with { Sequences = (settings.Sequences + 1) / 2 }),
                    .. Fewer(settings.Keys).Select(type => With(settings with { Keys = type })),
                    .. Fewer(settings.Values).Select(type => With(settings with { Values = type })),
                ];
                return smaller.All(other => other.NeedBytes <= plan.NeedBytes && other.CacheBytes <= plan.CacheBytes);
            }
        );

    [Fact]
    public void A_shorter_context_that_passes_is_the_longest_that_does() =>
        Check(
            AnyPlan,
            plan =>
            {
                var limit = plan.NeedBytes - (plan.CacheBytes / 3);
                var found = plan.Shorter(other => other.NeedBytes <= limit);
                ContextPlan With(int length) => plan with { Settings = plan.Settings with { Length = length } };
                return found is null
                    ? plan.ContextLength <= 256 || With(256).NeedBytes > limit
                    : found.NeedBytes <= limit
                        && found.ContextLength < plan.ContextLength
                        && (found.ContextLength + 256 >= plan.ContextLength || With(found.ContextLength + 256).NeedBytes > limit);
            }
        );

    [Fact]
    public void A_verdict_gets_no_worse_with_more_free() =>
        Check(
            from plan in AnyPlan
            from free in Gen.Choose(0, 4096)
            from more in Gen.Choose(0, 4096)
            from gpu in Gen.Choose(0, 4096)
            from moreGpu in Gen.Choose(0, 4096)
            select (plan, free, more, gpu, moreGpu),
            one =>
            {
                FitVerdict Of(int free, int gpu) =>
                    FitVerdict.Of(one.plan, new MachineMemory((long)free << 20, 8L << 30), new GpuMemory((long)gpu << 20, 8L << 30));
                var before = Of(one.free, one.gpu);
                return before.Fit <= Of(one.free + one.more, one.gpu).Fit && before.Fit <= Of(one.free, one.gpu + one.moreGpu).Fit;
            }
        );

    [Fact]
    public void A_header_that_lies_is_refused_or_planned_for_without_overflow() =>
        Check(
            from architecture in Gen.Elements(Architectures)
            from lies in AnyLie.ListOf()
            from fileBytes in Gen.Elements(5120L, 1 << 20, 1L << 50)
            select (architecture, lies, fileBytes),
            one =>
            {
                try
                {
                    var header = one.lies.Aggregate(new ModelHeader(one.architecture), (header, lie) => header.With(lie.Key, lie.Value));
                    return IsPlannedFor(ModelShape.Of(header.File(one.fileBytes)));
                }
                catch (GgufException)
                {
                    return true;
                }
            },
            2000
        );

    [Fact]
    public void Bytes_that_lie_are_refused_or_planned_for_without_overflow()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var bytes = GgufMutations.Make(seed);
            foreach (
                var (present, all) in new[]
                {
                    (bytes.Length, (long)bytes.Length),
                    (bytes.Length / 2, bytes.Length),
                    (bytes.Length, 1L << 50),
                    (bytes.Length, long.MaxValue),
                }
            )
            {
                try
                {
                    if (GgufReader.ReadPrefix(new ArraySegment<byte>(bytes, 0, present), all) is { } header)
                    {
                        Assert.True(IsPlannedFor(ModelShape.Of(header)));
                    }
                }
                catch (GgufException)
                {
                    // As it should.
                }
            }
        }
    }

    private static Gen<(string Key, object Value)> AnyLie =>
        from key in Gen.Elements(Keys)
        from value in Gen.Frequency<object>(
            (4, Gen.Elements(Extremes).Select(number => (object)number)),
            (2, Gen.Elements(Extremes).ArrayOf(4).Select(numbers => (object)new GgufArray(11, numbers.Length, numbers))),
            (1, Gen.Elements(Extremes).ArrayOf().Select(numbers => (object)new GgufArray(11, numbers.Length, numbers))),
            (1, Gen.Elements<object>(true, "text", 1.5, double.NaN, new GgufArray(8, 4, [])))
        )
        select (key, value);

    private static bool IsPlannedFor(ModelShape shape)
    {
        var plan = new ContextPlan(shape, new ContextSettings(int.MaxValue, int.MaxValue) { FlashAttention = false, Keys = CacheType.F32 });
        long[] sizes = [plan.WeightBytes, plan.CacheBytes, plan.StateBytes, plan.ComputeBytes, plan.NeedBytes];
        var verdict = FitVerdict.Of(plan, new MachineMemory(1L << 34, 1L << 34), new GpuMemory(1L << 34, 1L << 34));
        return sizes.All(size => size >= 0 && size <= plan.NeedBytes) && verdict.Sentence.Length > 0;
    }

    private static IEnumerable<CacheType> Fewer(CacheType type) => CacheType.All.SkipWhile(other => other != type);

    private static void Check<T>(Gen<T> values, Func<T, bool> holds, int times = 300) =>
        Prop.ForAll(values.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(times));
}
