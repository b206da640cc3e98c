using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>ggml ends the process where a shape or a type is not what it expects: no file may get that far.</summary>
public sealed class DamagedModelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    public void A_damaged_model_is_refused_with_a_reason_or_computed(int first)
    {
        var path = Path.GetTempFileName();
        var batch = TrainingBatch.Of([new([.. Enumerable.Range(1, 10)], [.. Enumerable.Range(1, 10).Select(i => i > 2)])]);
        var refused = 0;
        for (var seed = first; seed < first + 100; seed++)
        {
            File.WriteAllBytes(path, GgufMutations.Make(seed));
            try
            {
                using var model = LoraModel.Open(path, TinyLora.All(), TinyLora.Exact, TestContext.Current.CancellationToken);
                model.AddGradients(batch, scale: 1, dropoutSeed: 1, TestContext.Current.CancellationToken);
            }
            catch (Exception e) when (e is GgufException or LoraException)
            {
                Assert.NotEqual("", e.Message);
                refused++;
            }
        }

        File.Delete(path);
        Assert.InRange(refused, 50, 100);
    }
}
