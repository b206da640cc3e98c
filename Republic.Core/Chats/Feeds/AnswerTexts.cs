using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Answers;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>The answers of a person's chats, for the stream of a browser.</summary>
internal sealed class AnswerTexts(IDbContextFactory<RepublicDb> databases, ChatTurns turns) : ILiveText
{
    public ILiveTextReader Open(Guid person) => new AnswerTextReader(databases, turns, person);
}
