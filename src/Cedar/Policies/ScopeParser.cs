using System.Collections.Immutable;
using RestateCloud.Cedar.Syntax;

namespace RestateCloud.Cedar.Policies;

/// <summary>Parses the head of a policy: what it asks of principal, action and resource.</summary>
internal sealed class ScopeParser(TokenReader tokens)
{
    private readonly NameParser _names = new(tokens);

    public ScopeConstraint Principal() => PrincipalOrResource("principal");

    public ScopeConstraint Resource() => PrincipalOrResource("resource");

    public ScopeConstraint Action()
    {
        Variable("action");
        if (tokens.AtWord("is")) throw tokens.Error(tokens.Current.Span, "`is` cannot constrain the action; use `==` or `in`");
        if (tokens.TryTake(TokenKind.EqualTo)) return End(new EqualScope(new EntityOrSlot(InParentheses(ActionEntity))));
        if (!tokens.TryTakeWord("in")) return End(ScopeConstraint.Any);
        return End(InParentheses<ScopeConstraint>(() => tokens.At(TokenKind.OpenBracket)
            ? new InAnyScope(ActionList())
            : new InScope(new EntityOrSlot(ActionEntity()))));
    }

    private ScopeConstraint PrincipalOrResource(string variable)
    {
        Variable(variable);
        if (tokens.TryTake(TokenKind.EqualTo)) return End(new EqualScope(EntityOrSlot(variable)));
        if (tokens.TryTakeWord("in")) return End(new InScope(EntityOrSlot(variable)));
        if (!tokens.TryTakeWord("is")) return End(ScopeConstraint.Any);
        var type = _names.Path("an entity type");
        return End(tokens.TryTakeWord("in") ? new IsInScope(type, EntityOrSlot(variable)) : new IsScope(type));
    }

    private void Variable(string name)
    {
        tokens.ExpectWord(name);
        if (tokens.At(TokenKind.Colon)) throw tokens.Error(tokens.Current.Span, $"a type is asked for with `{name} is Type`");
    }

    /// <summary>A scope has one constraint a variable; says where the rest belongs.</summary>
    private ScopeConstraint End(ScopeConstraint constraint) =>
        tokens.At(TokenKind.Comma) || tokens.At(TokenKind.CloseParen)
            ? constraint
            : throw tokens.Error(tokens.Current.Span, "only `==`, `in`, `is` and `is … in` constrain the scope, once each variable; other conditions go into `when { }`");

    private EntityOrSlot EntityOrSlot(string variable) => InParentheses(() =>
    {
        if (!tokens.At(TokenKind.Slot)) return new EntityOrSlot(Entity());
        var slot = tokens.Text(tokens.Take());
        return slot[1..].SequenceEqual(variable)
            ? Policies.EntityOrSlot.Slot
            : throw tokens.Error(tokens.Previous.Span, $"the slot of the {variable} is `?{variable}`");
    });

    private EntityUid Entity()
    {
        var type = _names.Path("an entity such as Type::\"id\"");
        return _names.EntityOfType(type);
    }

    private EntityUid ActionEntity()
    {
        var start = tokens.Current.Span;
        var entity = Entity();
        return entity.IsAction
            ? entity
            : throw tokens.Error(tokens.From(start), $"an action's type is `Action`, in a namespace or not; this one is `{entity.Type}`");
    }

    private ImmutableArray<EntityUid> ActionList()
    {
        tokens.Take();
        var actions = ImmutableArray.CreateBuilder<EntityUid>();
        while (!tokens.TryTake(TokenKind.CloseBracket))
        {
            actions.Add(InParentheses(ActionEntity));
            if (tokens.TryTake(TokenKind.Comma)) continue;
            tokens.Expect(TokenKind.CloseBracket, "`,` or `]`");
            break;
        }

        return actions.ToImmutable();
    }

    /// <summary>The reference accepts any number of parentheses around an entity here.</summary>
    private T InParentheses<T>(Func<T> content)
    {
        var open = 0;
        while (tokens.TryTake(TokenKind.OpenParen)) open++;
        var result = content();
        while (open-- > 0) tokens.Expect(TokenKind.CloseParen, "`)`");
        return result;
    }
}
