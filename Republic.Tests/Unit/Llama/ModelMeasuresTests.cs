using Republic.Core.Llama.Files;
using Republic.Tests.Architecture;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>Measurements of a model in the file beside it.</summary>
public sealed class ModelMeasuresTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_length_stands_in_a_file_beside_the_model()
    {
        Assert.Equal(600, Read("""{"answers_well_up_to": 600}""").AnswersWellUpTo);
        Assert.Null(Read("{}").AnswersWellUpTo);
        Assert.Null(Read("null").AnswersWellUpTo);
    }

    [Fact]
    public void A_model_without_such_a_file_is_not_measured() => Assert.Null(ModelMeasures.Of(Model).AnswersWellUpTo);

    [Theory]
    [InlineData("""{"answers_well_up_to": 0}""")]
    [InlineData("""{"answers_well_up_to": -5}""")]
    [InlineData("""{"answers_well_up_to": "many"}""")]
    [InlineData("""{"answers_well_upto": 600}""")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void A_file_that_says_something_else_is_refused_with_what_it_should_say(string text)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.Contains("model.facts.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("answers_well_up_to", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The table of the page is what the exam printed, and its last line is the fact.</summary>
    [Fact]
    public void The_built_in_models_length_is_the_one_that_was_measured()
    {
        var fact = ModelMeasures.Of(ModelFile.Of(new FileInfo(GgufMutations.SproutPath))).AnswersWellUpTo;

        Assert.NotNull(fact);
        Assert.Contains(
            $"answers well up to {fact} prompt tokens",
            File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "sprout.md")),
            StringComparison.Ordinal
        );
    }

    private ModelFile Model => new("model", Path.Combine(folder.FullName, "model.gguf"), 0, DateTime.UnixEpoch);

    private ModelMeasures Read(string text)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "model.facts.json"), text);
        return ModelMeasures.Of(Model);
    }
}
