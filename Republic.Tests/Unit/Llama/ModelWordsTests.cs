using Republic.Core.Llama.Files;

namespace Republic.Tests.Unit.Llama;

/// <summary>Words of an answer that nobody has said.</summary>
public sealed class ModelWordsTests
{
    private static readonly ModelWords Words = new(["hello", "i", "don't", "am", "small", "your", "name", "is"]);

    [Theory]
    [InlineData("Hello! I am small.")]
    [InlineData("HELLO, your name is Ingrid.")]
    [InlineData("I don’t, I don't.")]
    [InlineData("Your name is Åse-Brit; 17 × 23!")]
    [InlineData("")]
    public void Words_that_are_known_or_were_said_are_not_made_up(string answer) =>
        Assert.Empty(Words.MadeUp(answer, ["You are Sage.", "I am Ingrid, daughter of ÅSE Brit."]));

    [Fact]
    public void Others_are_named_once_in_small_letters() =>
        Assert.Equal(["finda", "brokoli"], Words.MadeUp("Hello finda Brokoli, finda.", ["Brokkoli"]));

    [Fact]
    public void Bytes_that_are_no_text_are_made_up() => Assert.Equal(["\uFFFD"], Words.MadeUp("Hello\uFFFD", []));

    [Fact]
    public void A_model_without_such_a_file_has_none() => Assert.Null(ModelWords.Of("/nowhere/model.gguf"));
}
