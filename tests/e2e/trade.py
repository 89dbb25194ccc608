"""What the people of the shop "mama" do with an order, from the alert to the door."""

from channels.render.gsm import is_gsm, segments
from tests.e2e.house import House, Phone, code_in

CUSTOMER, SELLER, RIDER = "+256772300001", "+256772100001", "+256772200001"


class Shop:
    """The seller's and the first rider's phones, both on the shop's first SMS line."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seller = house.sms(SELLER)
        self.rider = house.sms(RIDER)

    def alert(self, number: int = 1001) -> str:
        """The seller's SMS about a new order: one segment of plain letters."""
        text = self.seller.read(str(number))
        assert is_gsm(text)
        assert segments(text).count == 1
        return text

    def bring(self, customer: Phone, number: int = 1001) -> str:
        """The rider takes it, the seller has it ready, and the customer gives the code at the door. What
        the rider was offered."""
        offer = self.rider.read(str(number))
        self.rider.say(f"YES {number}", str(number))
        self.seller.say(f"READY {number}", str(number))
        self.rider.say(f"PICKED {number}", str(number))
        code = code_in(customer.read("code"), number)
        self.rider.say(f"DELIVERED {number} {code}", str(number))
        customer.read("delivered")
        return offer

    def hand_over(self, customer: Phone, number: int = 1001) -> None:
        """The customer comes for it, and the seller sends the code back."""
        self.seller.say(f"READY {number}", str(number))
        ready = customer.read("is ready")
        wrong = "0000" if code_in(ready, number) != "0000" else "1111"
        self.seller.say(f"DELIVERED {number} {wrong}", "code")
        assert self.house.order(number)["status"] == "processing"
        self.seller.say(f"DELIVERED {number} {code_in(ready, number)}", "delivered")
