using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;

namespace Republic.Tests.World;

/// <summary>A republic with a noun that the product does not have: a question that a minion answers as a job.</summary>
public sealed class ErrandRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // The columns of a turn are those of a message that are not its own.
        await this.QueryAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                """
                create table errands (like messages including defaults);
                alter table errands drop column conversation_id, drop column author_id, drop column parent_id, drop column reply_to_id,
                  drop column client_key, drop column created_at, add column owner_id uuid not null, add column minion_id uuid not null,
                  add column question text not null, add primary key (id);
                create table errand_pieces (turn_id uuid references errands on delete cascade, "offset" int, text text, primary key (turn_id, "offset"));
                """
            )
        );
    }

    protected override void Arrange(IServiceCollection services)
    {
        services.ConfigureDbContext<RepublicDb>(options => options.ReplaceService<IModelCustomizer, Customizer>());
        services.AddTurnJob<Errand, ErrandSink>(ErrandSink.Kind);
    }

    private sealed class Customizer(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            modelBuilder.Entity<Errand>().ToTable("Errands");
            modelBuilder.Entity<Errand>().ConfigureTurn();
            modelBuilder.Entity<TurnPiece<Errand>>().ConfigurePieces("ErrandPieces");
            base.Customize(modelBuilder, context);
        }
    }
}

/// <summary>The row of the noun.</summary>
public sealed class Errand : Turn
{
    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    public required string Question { get; init; }
}

/// <summary>All else that the noun has.</summary>
internal sealed class ErrandSink(Errand errand, MinionTargets targets, IDbContextFactory<RepublicDb> databases, LiveEvents live) : ITurnSink
{
    public const string Kind = "errand";
    public const string Changed = "errand.changed";
    public const string NotNeeded = "Nobody needs it any more.";

    public string Retry => "Ask again";

    public string Change => "ask in other words";

    public async Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct)
    {
        if (errand.Question == NotNeeded)
        {
            turn.Cancel(new TurnCancellation(AnswerEnd.Stopped, NotNeeded));
            return Failure.Conflict(NotNeeded);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var minion = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == errand.MinionId, ct);
        var route = await targets.RouteAsync(minion, CallPurpose.Task, ct);
        return route.Ok
            ? new TurnRequest(
                new MinionCall(minion, route.Value, AnswerAudience.Task),
                [new ChatMessage(ChatRole.User, errand.Question)],
                Character.Options(minion)
            )
            : route.Failure;
    }

    public void Saved() => live.Publish(errand.OwnerId, new LiveEvent(Changed, errand.Id, null));

    public void Ended() => Saved();
}
