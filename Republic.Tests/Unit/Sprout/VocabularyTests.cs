using Republic.Core;
using Republic.Core.Llama.Native;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;

namespace Republic.Tests.Unit.Sprout;

/// <summary>Sprout's byte pair encoding, and llama.cpp's reading of it.</summary>
public sealed class VocabularyTests : IDisposable
{
    private static readonly Vocabulary Small = VocabularyTrainer.Train(Texts(), tokens: 600);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sprout-");

    [Theory]
    [InlineData("")]
    [InlineData("Hello, wörld 🦉!")]
    [InlineData("  two spaces,\n\n a line\tand 12345 it's")]
    public void Tokens_turn_back_into_the_text(string text) => Assert.Equal(text, Small.Decode(Small.Encode(text)));

    [Fact]
    public void The_same_text_gives_the_same_merges()
    {
        Assert.Equal(600, Small.Tokens.Count);
        Assert.Equal(Small.Merges, VocabularyTrainer.Train(Texts(), tokens: 600).Merges);
        Assert.Single(Small.Encode(" minion"));
    }

    [Fact]
    public void Llama_cpp_reads_the_written_model_and_cuts_text_alike()
    {
        var path = Path.Combine(folder.FullName, "tiny.gguf");
        SproutFile.Save(
            SproutWeights.Random(new SproutShape(Small.Tokens.Count, Width: 64, Layers: 1, FeedForward: 64), seed: 1),
            Small,
            path
        );
        using var model = LlamaModel.Load(path);
        var (maker, random) = (new DialogueMaker(Corpus.Shared), new SeededRandom(4));

        for (var i = 0; i < 40; i++)
        {
            var turns = maker.Make(Mixture.Usual, random);
            var rendered = ChatTemplate.Render(
                model.ChatTemplate,
                [.. turns.Select(turn => new ChatLine(turn.Role, turn.Text))],
                asking: false
            );

            Assert.Equal(model.Tokenize(rendered), ChatText.Example(turns, Small).Tokens);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static IEnumerable<string> Texts()
    {
        var (maker, random) = (new DialogueMaker(Corpus.Shared), new SeededRandom(2));
        return Enumerable.Range(0, 300).SelectMany(_ => maker.Make(Mixture.Usual, random)).Select(turn => turn.Text).ToList();
    }
}
