using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

public sealed class RefusedAnswerTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_that_the_database_refuses_is_offered_to_it_once()
    {
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                """
                create sequence refusals;
                create function refuse() returns trigger language plpgsql as
                  'begin perform nextval(''refusals''); raise exception using errcode = ''22023'', message = ''refused''; end';
                create trigger refuse before update on messages for each row
                  when (new.state = 'Complete' and new.content = 'Refuse me') execute function refuse();
                """,
                Ct
            )
        );
        await using var vendor = new FakeVendor();
        vendor.Answers("Refuse me");
        var chat = await Chat.BeginAsync(republic.Mira, vendor, "refuser");

        await republic.Mira.Api.PostAsync($"/api/conversations/{chat.Id}/messages", new { content = "Hi" });

        await Until.TrueAsync(() => republic.Log.Any(line => line.Contains("could not be saved", StringComparison.Ordinal)));
        Assert.Equal(
            1,
            await republic.QueryAsync(db => db.Database.SqlQuery<long>($"select last_value as \"Value\" from refusals").SingleAsync(Ct))
        );
    }
}
