using Republic.Core.Knowledge;

namespace Republic.Tests.Unit.Knowledge;

public sealed class CjkBigramsTests
{
    [Theory]
    [InlineData("图书馆", "图书 书馆")]
    [InlineData("使用Docker部署, 5号", "使用 部署 号")]
    [InlineData("東京の図書館は、9時に開く。", "東京 京の の図 図書 書館 館は 時に に開 開く")]
    [InlineData("도서관은 열려 있다", "도서 서관 관은 열려 있다")]
    [InlineData("ห้องสมุด", "ห้ ้อ อง งส สม มุ ุด")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("图书图书", "图书 书图")]
    [InlineData("Library, 9 o'clock", "")]
    public void Each_sign_is_paired_with_the_one_after_it(string text, string pairs)
    {
        Assert.Equal(pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries), CjkBigrams.Of(text));
    }

    [Theory]
    [InlineData(null, "使用Docker部署", "使用 用 部署 署")]
    [InlineData("水", "自来水厂", "水 自来 来水 水厂 厂")]
    [InlineData("北京", "北京", "北京 京")]
    [InlineData("Library", "9 o'clock", "")]
    public void Pairs_and_the_last_sign_of_each_run_are_stored_once(string? heading, string text, string stored) =>
        Assert.Equal(stored.Split(' ', StringSplitOptions.RemoveEmptyEntries), CjkBigrams.Indexed(heading, text));

    [Fact]
    public void What_stands_between_the_signs_is_left()
    {
        Assert.Equal("  Docker  , 5 ", CjkBigrams.Without("使用Docker部署, 5号"));
        Assert.Equal("Plain words \ud800", CjkBigrams.Without("Plain words \ud800"));
    }

    [Fact]
    public void A_question_of_any_length_asks_for_so_many_pairs_at_most()
    {
        var signs = string.Concat(Enumerable.Range(0x4e00, 2000).Select(sign => (char)sign));

        Assert.Equal(500, CjkBigrams.Of(signs).Length);
    }

    [Fact]
    public void Common_signs_are_marked_as_one_stretch()
    {
        Assert.Equal("北京[图书馆]每天开放", CjkBigrams.Mark("北京图书馆每天开放", CjkBigrams.Of("图书馆几点"), '[', ']'));
        Assert.Equal("[水]道 and [word]", CjkBigrams.Mark("水道 and [word]", CjkBigrams.Of("水"), '[', ']'));
        Assert.Equal("plain", CjkBigrams.Mark("plain", [], '[', ']'));
    }
}
