namespace Republic.Core.Chats.Conversations;

/// <summary>The kinds of things that conversations can be about.</summary>
public sealed class ConversationSubjects(IEnumerable<IConversationSubject> subjects)
{
    public IConversationSubject? Find(string? type) => subjects.FirstOrDefault(subject => subject.Type == type);
}
