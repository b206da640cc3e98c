namespace Republic.Core.Events;

/// <summary>A noun whose text grows while people read it, such as answers.</summary>
public interface ILiveText
{
    ILiveTextReader Open(Guid person);
}
