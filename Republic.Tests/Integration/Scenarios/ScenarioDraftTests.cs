using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
using Republic.Core.Scenarios.Drafts;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The draft beside the forms of the editor, which follows what another window changes.</summary>
public sealed class ScenarioDraftTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_draft_beside_a_form_is_fetched_alone_and_follows_what_is_changed_elsewhere()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var browser = await republic.Jonas.BrowserAsync();
        foreach (var form in new[] { "", "/states/review", "/roles/developer" })
        {
            var page = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit{form}");
            Assert.Contains($"/scenarios/{scenario.Id}/edit{form}?handler=Draft", page, StringComparison.Ordinal);
        }

        using var added = await browser.SubmitAsync(
            $"/scenarios/{scenario.Id}/edit/states",
            new Dictionary<string, string> { ["Input.Name"] = "Ship it", ["Input.NodeType"] = "end" },
            $"/scenarios/{scenario.Id}/edit/states"
        );
        var draft = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit/states/review?handler=Draft");

        Assert.Contains("Ship it", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", draft, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_read_as_it_was_at_one_moment()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var between = new Between(
            "states",
            async () =>
            {
                await scenario.AddRoleAsync(new { name = "critic" });
                await scenario.ChangeStateAsync("review", new { roles = new[] { "critic" } });
            }
        );
        var options = republic.Services.GetRequiredService<DbContextOptions<RepublicDb>>();
        var databases = new Databases(new DbContextOptionsBuilder<RepublicDb>(options).AddInterceptors(between).Options);

        var draft = await new ScenarioDrafts(databases, republic.Services.GetRequiredService<MinionDeprecations>()).FindAsync(
            republic.Jonas.Id,
            Guid.Parse(scenario.Id),
            Ct
        );

        Assert.True(between.IsOver);
        Assert.Equal(["reviewer"], draft.Value!.State("review")!.Roles);
        Assert.Equal(["critic"], (await scenario.StateAsync("review"))["roles"]!.AsArray().Select(role => (string?)role));
    }

    /// <summary>Changes something before the first query that reads a table.</summary>
    private sealed class Between(string table, Func<Task> change) : DbCommandInterceptor
    {
        public bool IsOver { get; private set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (!IsOver && command.CommandText.Contains($" {table} ", StringComparison.Ordinal))
            {
                IsOver = true;
                await change();
            }

            return result;
        }
    }

    private sealed class Databases(DbContextOptions<RepublicDb> options) : IDbContextFactory<RepublicDb>
    {
        public RepublicDb CreateDbContext() => new(options);
    }
}
