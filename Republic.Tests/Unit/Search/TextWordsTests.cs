using System.Text;
using Republic.Core.Search.Words;

namespace Republic.Tests.Unit.Search;

public sealed class TextWordsTests
{
    [Theory]
    [InlineData("the cafe opens at 9", "the cafe opens at 9")]
    [InlineData("η βιβλιοθηκη ανοιγει", "η βιβλιοθηκη ανοιγει")]
    [InlineData("библиотека открыта", "библиотека открыта")]
    [InlineData("المكتبه مفتوحه", "المكتبه مفتوحه")]
    [InlineData("הספריה פתוחה", "הספריה פתוחה")]
    [InlineData("पुस्तकालय हर दिन", "पुस्तकालय हर दिन")]
    [InlineData("ห้องสมุด", "ห้ ้อ อง งส สม มุ ุด ด")]
    [InlineData("使用docker部署", "使用 用 docker 部署 署")]
    [InlineData("図書館は9時", "図書 書館 館は は 9 時")]
    [InlineData("도서관은 열려", "도서 서관 관은 은 열려 려")]
    [InlineData("thu vien mo cua", "thu vien mo cua")]
    [InlineData("𠮷野家🦊🍕pizza", "𠮷野 野家 家 🦊 🍕 pizza")]
    public void Each_script_has_words(string folded, string words) =>
        Assert.Equal(words.Split(' '), TextWords.Indexed(folded).Select(word => word.Text));

    [Fact]
    public void Punctuation_is_words_of_one_sign()
    {
        var words = TextWords.Cut("""100% a_b 'x' "y" c:\d, €5 `z`""").ToList();

        Assert.Equal(
            ["100", "a", "b", "x", "y", "c", "d", "5", "z"],
            words.Where(word => word.Kind == WordKind.Word).Select(word => word.Text)
        );
        Assert.Equal("%_''\"\":\\,``", string.Concat(words.Where(word => word.Kind == WordKind.Sign).Select(word => word.Text)));
        Assert.Equal("€", Assert.Single(words, word => word.Kind == WordKind.Symbol).Text);
    }

    [Fact]
    public void A_word_says_where_it_stands()
    {
        const string text = "go: 𠮷野家 🦊!";

        Assert.All(TextWords.Indexed(text), word => Assert.Equal(word.Text, text.Substring(word.Begin, word.Length)));
    }

    [Fact]
    public void Of_a_long_word_the_beginning_counts()
    {
        var word = Assert.Single(TextWords.Cut(new string('x', 5000)));

        Assert.Equal((TextWords.Longest, 5000), (word.Text.Length, word.Length));
    }

    [Fact]
    public void A_text_has_no_more_words_than_the_database_holds()
    {
        var many = string.Join(' ', Enumerable.Range(0, TextWords.MostWords + 5000));
        var wide = string.Join(' ', Enumerable.Range(0, 12_000).Select(number => $"{number:d5}{new string('ж', 95)}"));

        Assert.Equal(TextWords.MostWords, TextWords.Distinct(many).Count);
        Assert.InRange(
            TextWords.Distinct(wide).Sum(word => Encoding.UTF8.GetByteCount(word)),
            TextWords.MostBytes - 200,
            TextWords.MostBytes + 400
        );
    }

    [Fact]
    public void A_citizen_is_a_word_that_no_text_holds()
    {
        var citizen = Guid.CreateVersion7();

        Assert.DoesNotContain(TextWords.Of(citizen), TextWords.Distinct($"{TextWords.Of(citizen)} @{citizen}"));
    }
}
