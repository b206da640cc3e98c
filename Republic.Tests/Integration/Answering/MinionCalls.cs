using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Minions.Models;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary>Asks a minion by its one client, with a model that does as the test says.</summary>
public static class MinionCalls
{
    public static ChatOptions Options { get; } = new() { Instructions = "You are Sage." };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Turns of the person and the minion by turns, the question last.</summary>
    public static IReadOnlyList<ChatMessage> Turns(params string[] texts) =>
        [.. texts.Select((text, i) => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, text))];

    public static async Task<string> AnswerAsync(IChatClient client, IReadOnlyList<ChatMessage> turns, bool streamed) =>
        streamed
            ? (await client.GetStreamingResponseAsync(turns, Options, Ct).ToChatResponseAsync(Ct)).Text
            : (await client.GetResponseAsync(turns, Options, Ct)).Text;

    internal static AnswerReceipt ReceiptOf(IChatClient client) => client.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete);

    internal static IChatClient Client(this SharedRepublic republic, MinionCall call, IChatClient model, ICallJournal? journal = null) =>
        republic.Services.GetRequiredService<MinionClients>().Client(call, journal, model);

    /// <summary>A call by the owner of the minion.</summary>
    internal static async Task<MinionCall> CallAsync(this SharedRepublic republic, Guid id)
    {
        var minion = await republic.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(m => m.Id == id));
        var route = await republic.Services.GetRequiredService<MinionTargets>().RouteAsync(minion, CallPurpose.Chat, Ct);
        return new MinionCall(minion, route.Value!, AnswerAudience.Owner);
    }
}
