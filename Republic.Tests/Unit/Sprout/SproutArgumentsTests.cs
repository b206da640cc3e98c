using Republic.Core.Lora.Adapters;
using Republic.Sprout;
using Republic.Sprout.Exams;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

public sealed class SproutArgumentsTests
{
    [Fact]
    public void A_model_that_is_trained_further_gets_another_seed()
    {
        Assert.Equal(1, SproutArguments.Parse(["make", "--out", "a.gguf"]).Value!.Seed);
        Assert.Equal(2, SproutArguments.Parse(["make", "--out", "b.gguf", "--from", "a.gguf"]).Value!.Seed);
        Assert.Equal(7, SproutArguments.Parse(["make", "--out", "b.gguf", "--from", "a.gguf", "--seed", "7"]).Value!.Seed);
    }

    [Theory]
    [InlineData("There is no command \"sell\"", "sell")]
    [InlineData("What is to be done?")]
    [InlineData("--out", "make")]
    [InlineData("--models", "mean", "--out", "a.gguf")]
    [InlineData("--questions", "exam", "--model", "sprout")]
    [InlineData("dev/sprout exam has no option --colour", "exam", "--colour", "red")]
    [InlineData("--count", "sample", "--count", "0")]
    public void What_is_wrong_is_said(string expected, params string[] args) =>
        Assert.Contains(expected, SproutArguments.Parse(args).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void An_adapter_of_another_model_is_not_examined()
    {
        var folder = Directory.CreateTempSubdirectory("republic-exam-");
        try
        {
            var another = AdapterFault.Key(AdapterFile.BaseSha256Key, new string('a', 64));
            TinyAdapters.Write(folder.FullName, "other", GgufMutations.SproutPath, seed: 1, another);
            var style = Path.Combine(folder.FullName, "other.gguf");

            var refused = Assert.ThrowsAny<Exception>(() =>
                SproutExam.Run(
                    new(GgufMutations.SproutPath, style, new(Temperature: 0)),
                    embeddingModel: null,
                    folder.FullName,
                    1,
                    _ => { },
                    CancellationToken.None
                )
            );

            Assert.Contains("was trained on", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
