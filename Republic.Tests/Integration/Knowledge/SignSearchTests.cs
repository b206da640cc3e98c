using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Scripts that put no spaces between words.</summary>
public sealed class SignSearchTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("图书馆", "北京图书馆每天上午九点开放，周一闭馆。")]
    [InlineData("北京图书馆几点开放？", "北京图书馆每天上午九点开放，周一闭馆。")]
    [InlineData("東京の図書館はいつ開きますか", "東京の図書館は午前九時に開きます。")]
    [InlineData("도서관 여는 시간", "도서관은 아침 아홉 시에 연다.")]
    [InlineData("ห้องสมุด", "วันนี้ห้องสมุดเปิดเก้าโมง")]
    [InlineData("Docker 部署", "我们使用Docker部署服务。")]
    [InlineData("水", "自来水厂在河边。")]
    [InlineData("吉野家", "吉野家 opens at nine.")]
    public async Task Scripts_without_spaces_are_found_by_their_words(string question, string text)
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, "simple", [text, "没有人知道。 Nobody knows."]);
        await republic.NewDocumentAsync(collection, "english", ["The library opens at nine.", "Trees grow slowly."]);

        var hit = (await SearchAsync(collection, question)).Hits[0];

        Assert.Equal(text, hit.Text);
        Assert.InRange(hit.Score, 0.4, 1);
    }

    [Fact]
    public async Task The_words_of_such_a_question_are_marked_and_so_are_those_beside_them()
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, "simple", ["北京图书馆: open at nine."]);
        var hit = Assert.Single((await SearchAsync(collection, "图书馆 nine")).Hits);

        var marked = await republic
            .Services.GetRequiredService<HitMarks>()
            .MarkAsync(republic.Jonas.Id, "图书馆 nine", [hit.PassageId], Ct);

        Assert.Equal("北京[图书馆]: open at [nine].", marked[hit.PassageId].Replace(HitMarks.Begin, '[').Replace(HitMarks.End, ']'));
    }

    [Theory]
    [InlineData("北京图书馆，每天9点开放Docker部署。")]
    [InlineData("水 𠮷野家ドン・キホーテ々")]
    [InlineData("ห้องสมุด ຫໍສະໝຸດ បណ្ណាល័យ စာကြည့်တိုက် 도서관은")]
    [InlineData("Nothing of that kind: café, 9 o'clock.")]
    public async Task The_index_holds_the_pairs_and_the_words_between_them(string text)
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        var document = await republic.NewDocumentAsync(collection, "simple", [text]);

        var lexemes = await republic.QueryAsync<List<string>>(db =>
            db.Database.SqlQuery<string>(
                    $"""
                    select word as "Value" from passages, unnest(tsvector_to_array(search)) as word where document_id = {document.Id}
                    """
                )
                .ToListAsync(Ct)
        );
        var words = await republic.QueryAsync<List<string>>(db =>
            db.Database.SqlQuery<string>(
                    $"""select word as "Value" from unnest(tsvector_to_array(to_tsvector('simple', {CjkBigrams.Without(text)}))) as word"""
                )
                .ToListAsync(Ct)
        );

        Assert.Equal(words.Concat(CjkBigrams.Indexed(null, text)).Order(StringComparer.Ordinal), lexemes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_index_stems_each_language_that_a_question_is_stemmed_in()
    {
        foreach (var language in SearchColumn.Languages.Append("klingon"))
        {
            const string Text = "Libraries opened, nationale Bibliotheken, biblioteche, библиотеки";
            var indexed = await OneAsync($"select passage_search({language}, null, {Text}, '{{}}')::text as \"Value\"");
            var stemmed = await OneAsync(
                $"select setweight(to_tsvector({KeywordSearch.Configuration(language)}::regconfig, {Text}), 'B')::text as \"Value\""
            );

            Assert.Equal(stemmed, indexed);
        }
    }

    private Task<string> OneAsync(FormattableString sql) =>
        republic.QueryAsync<string>(db => db.Database.SqlQuery<string>(sql).SingleAsync(Ct));

    private async Task<SearchAnswer> SearchAsync(Collection collection, string query)
    {
        var search = republic.Services.GetRequiredService<KnowledgeSearch>();
        return (await search.SearchAsync(collection.OwnerId, [collection.Id], query, 10, Ct)).Value!;
    }
}
