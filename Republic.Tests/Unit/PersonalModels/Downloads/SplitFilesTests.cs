using Republic.Core.PersonalModels.Downloads;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

public sealed class SplitFilesTests
{
    [Fact]
    public void A_part_names_all_parts_and_the_query_stays()
    {
        var parts = SplitFiles.Of(new Uri("https://models.example/a%20b/large-Q4-00002-of-00003.gguf?download=true&x=%2F"));

        Assert.Equal(
            [
                "https://models.example/a%20b/large-Q4-00001-of-00003.gguf?download=true&x=%2F",
                "https://models.example/a%20b/large-Q4-00002-of-00003.gguf?download=true&x=%2F",
                "https://models.example/a%20b/large-Q4-00003-of-00003.gguf?download=true&x=%2F",
            ],
            parts.Value!.Select(part => part.AbsoluteUri)
        );
    }

    [Theory]
    [InlineData("model.gguf", "model.gguf")]
    [InlineData("model-00001-of-00001.gguf", "model-00001-of-00001.gguf")]
    [InlineData("model-0001-of-0002.gguf", "model-0001-of-0002.gguf")]
    [InlineData("model-00001-of-00002.gguf.txt", "model-00001-of-00002.gguf.txt")]
    [InlineData("model-00001-of-00002.GGUF", "model-00001-of-00002.GGUF model-00002-of-00002.GGUF")]
    [InlineData("a-00001-of-00002-00002-of-00002.gguf", "a-00001-of-00002-00001-of-00002.gguf a-00001-of-00002-00002-of-00002.gguf")]
    public void A_name_is_that_of_a_part_or_stands_alone(string name, string expected) =>
        Assert.Equal(expected.Split(' '), SplitFiles.Of(name).Value);

    [Theory]
    [InlineData("model-00000-of-00002.gguf", "no part 0 of 2")]
    [InlineData("model-00003-of-00002.gguf", "no part 3 of 2")]
    [InlineData("model-00001-of-00201.gguf", "in 201 parts; at most 200")]
    public void Parts_that_cannot_be_are_refused(string name, string says) =>
        Assert.Contains(says, SplitFiles.Of(name).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public void Two_hundred_parts_are_possible() => Assert.Equal(200, SplitFiles.Of("model-00200-of-00200.gguf").Value!.Count);
}
