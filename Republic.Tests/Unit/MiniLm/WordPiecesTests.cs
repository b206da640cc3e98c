using System.Text;
using Republic.MiniLm;

namespace Republic.Tests.Unit.MiniLm;

public sealed class WordPiecesTests
{
    private const string Lines = "[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n#\n##s\nö\n";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Pieces_that_begin_a_word_are_marked_and_the_others_are_not(string lineEnd)
    {
        var pieces = WordPieces.Read(Encoding.UTF8.GetBytes(Lines.Replace("\n", lineEnd, StringComparison.Ordinal)));

        Assert.Equal(["[PAD]", "▁[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "▁#", "s", "▁ö"], pieces.Tokens);
        Assert.Equal([3, 1, 3, 3, 3, 3, 1, 1, 1], pieces.Types);
        Assert.Equal((0u, 2u, 3u, 4u, 5u), (pieces.Padding, pieces.Unknown, pieces.Start, pieces.End, pieces.Mask));
    }

    [Fact]
    public void A_list_that_lacks_a_special_token_is_refused_with_its_name()
    {
        var pieces = WordPieces.Read("[PAD]\n[UNK]\n[CLS]\nword\n"u8);

        Assert.Contains("[SEP]", Assert.Throws<InvalidDataException>(() => pieces.End).Message, StringComparison.Ordinal);
    }
}
