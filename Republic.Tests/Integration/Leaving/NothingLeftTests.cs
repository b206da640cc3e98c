using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>Somebody has one of everything, and deletes their account: every table of the database is searched for them, whichever column it would be.</summary>
public sealed class NothingLeftTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Marker = "MARKER-OF-LEO";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_one_of_everything_no_row_is_left_but_those_of_the_audit_log()
    {
        var person = await republic.NewPersonAsync("Leopoldine");
        var all = await Belongings.MakeAsync(person, Marker);
        await SearchIndex.ReadyAsync(republic, person);
        string[] words = [Marker, $"{person.Id}", person.Email, all.Minion, all.Conversation, all.Episode, all.TrainingJob];
        var before = await TablesAsync(words);
        Assert.True(before.Count > 30, string.Join(' ', before));

        using var gone = await person.Api.SendAsync(HttpMethod.Delete, "/api/account/me", new { password = person.Password });

        Assert.Equal(204, (int)gone.StatusCode);
        Assert.Equal(["audit_entries"], await TablesAsync(words));
    }

    /// <summary>The tables of which a row says one of these words.</summary>
    [SuppressMessage("Security", "EF1002", Justification = "Table names cannot be parameters, and these are the database's own.")]
    private Task<List<string>> TablesAsync(string[] words) =>
        republic.QueryAsync(async db =>
        {
            var likes = Array.ConvertAll(words, word => $"%{word}%");
            var tables = await db
                .Database.SqlQuery<string>(
                    $"""
                    select table_name::text as "Value" from information_schema.tables
                    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name
                    """
                )
                .ToListAsync(Ct);
            List<string> found = [];
            foreach (var table in tables)
            {
                var says = db.Database.SqlQueryRaw<bool>(
                    $"select exists (select from \"{table}\" t where t::text ilike any({{0}})) as \"Value\"",
                    (object)likes
                );
                if ((await says.ToListAsync(Ct))[0])
                {
                    found.Add(table);
                }
            }

            return found;
        });
}
